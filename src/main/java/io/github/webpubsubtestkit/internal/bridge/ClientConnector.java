package io.github.webpubsubtestkit.internal.bridge;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Opens clients on a fake's loop and knows those that are open.
 *
 * @param <O> how a client connects: {@code ConnectOptions}
 * @param <P> a client that speaks a PubSub subprotocol
 * @param <S> a simple client
 * @param <C> either of them
 */
public interface ClientConnector<O, P extends C, S extends C, C> {

  /**
   * Opens a PubSub client that is called by the name in its options, else by its user id, else
   * {@code client-1}, {@code client-2} ….
   *
   * @param clientUrl complete, but for a token that goes into the header
   * @param options as whom it connects
   * @return the client; its {@code connected} message has come
   */
  P pubSub(URI clientUrl, O options);

  /** As {@link #pubSub}, for a client without a subprotocol; the service has accepted it. */
  S simple(URI clientUrl, O options);

  /**
   * Waits until the service has read all that the open clients have sent so far.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @throws NotIdleException if a client got no answer in time; it names the client
   * @throws IllegalStateException if the thread is interrupted, or in a callback of the fake
   */
  void settle(long deadlineNanos) throws NotIdleException;

  /**
   * Closes all open clients with code 1000 and waits until they have ended; those that do not end
   * in time are cut.
   *
   * @throws IllegalStateException in a callback of the fake
   */
  void closeAll();

  /** Makes connectors. */
  @FunctionalInterface
  interface Factory<O, P extends C, S extends C, C> {

    /**
     * A connector.
     *
     * @param loop serves the clients' sockets
     * @param timeline what only a client can see is recorded here
     * @param barrier null for a target that is not this kit's fake: nothing then knows when it is
     *     idle, and the clients record their frames themselves
     * @param defaultHub the hub of a client whose URL and options name none
     */
    ClientConnector<O, P, S, C> make(
        TransportLoop loop, Timeline timeline, @Nullable Barrier barrier, String defaultHub);
  }
}
