package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one logical connection for the application, and its answers (event-handlers 9).
 *
 * <p>No method blocks or calls a user's code on the calling thread, so that all but {@link
 * #connect} may be called under the hub's lock. Every consumer is called exactly once, from any
 * thread and with no lock of the callee held, possibly before the method returns.
 */
public interface ConnectionEvents {

  /** Returns whether a handler decides on accepting the client. */
  boolean asksConnect();

  /**
   * Asks the application whether to accept the client (event-handlers 5). Called at most once,
   * before all other methods.
   */
  void connect(ConnectRequest request, Consumer<ConnectOutcome> then);

  /**
   * Reports that the connection is registered, with its final user and subprotocol. Starts {@code
   * connected} (event-handlers 6).
   *
   * @param label the connection's label in the timeline
   * @param subprotocol the name that was selected, null for none; may be one of the application's
   * @param protocol the format of its frames
   */
  void registered(
      String label, @Nullable String userId, @Nullable String subprotocol, Subprotocol protocol);

  /**
   * Sends an event to the application (event-handlers 7). The hub sends the next one of this
   * connection only after the outcome of this one.
   */
  void userEvent(Event event, Consumer<EventOutcome> then);

  /**
   * Nobody waits for the user event that is under way, if there is one: its request is broken off
   * and its outcome, a failure, comes at once.
   */
  void abandonUserEvent();

  /**
   * The logical connection has ended and no event of it is under way: starts {@code disconnected}
   * (event-handlers 6). Nothing follows.
   */
  void disconnected(String reason);
}
