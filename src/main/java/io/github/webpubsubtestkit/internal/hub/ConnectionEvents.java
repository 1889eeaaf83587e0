package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the application is told of one logical connection, and its answers (event-handlers 9).
 *
 * <p>No method blocks or calls a user's code on the calling thread, so that all but {@link
 * #connect} may be called under the hub's lock. Every consumer is called exactly once, from any
 * thread and with no lock of the callee held; perhaps before the method returns.
 */
public interface ConnectionEvents {

  /** Returns whether a handler is to be asked before the client is accepted. */
  boolean asksConnect();

  /**
   * Asks the application whether the client may come (event-handlers 5). At most once, and first of
   * all.
   */
  void connect(ConnectRequest request, Consumer<ConnectOutcome> then);

  /**
   * The connection is registered from now on: its user and subprotocol are final. Starts {@code
   * connected} (event-handlers 6).
   *
   * @param label what the timeline calls the connection
   * @param subprotocol the name that was selected, null for none; may be one of the application's
   * @param protocol how its frames are read
   */
  void registered(
      String label, @Nullable String userId, @Nullable String subprotocol, Subprotocol protocol);

  /**
   * Brings an event to the application (event-handlers 7). The next one of this connection is
   * brought when this one has its outcome: the hub sees to that.
   */
  void userEvent(Event event, Consumer<EventOutcome> then);

  /**
   * The logical connection has ended and no event of it is under way: starts {@code disconnected}
   * (event-handlers 6). Nothing follows.
   */
  void disconnected(String reason);
}
