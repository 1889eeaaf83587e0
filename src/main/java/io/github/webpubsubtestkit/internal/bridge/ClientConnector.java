package io.github.webpubsubtestkit.internal.bridge;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Incidents;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens clients on a fake's loop and keeps track of the open ones.
 *
 * @param <O> the options of a client: {@code ConnectOptions}
 * @param <P> a client with a PubSub subprotocol
 * @param <S> a simple client
 * @param <C> either of them
 */
public interface ClientConnector<O, P extends C, S extends C, C> {

  /**
   * Opens a PubSub client, named by its options, else by its user id, else {@code client-1}, {@code
   * client-2} ….
   *
   * @param address the URL, complete except for a token in the header
   * @param options the options of its connection
   * @return the client; its {@code connected} message has arrived
   */
  P pubSub(WebSocketAddress address, O options);

  /**
   * Does the same as {@link #pubSub}, for a client without a subprotocol; the service has accepted
   * it.
   */
  S simple(WebSocketAddress address, O options);

  /**
   * Waits until the service has read everything the open clients have sent so far.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @throws NotIdleException if a client got no answer in time; it names the client
   * @throws IllegalStateException if the thread is interrupted, or in a callback of the fake
   */
  void settle(long deadlineNanos) throws NotIdleException;

  /** Returns whether an open client has this address. */
  boolean isOwn(SocketAddress address);

  /** Wakes up those who wait for clients, to look again at what the barrier says. */
  void recheck();

  /** Adds the negative acks that no assertion has looked at, as strays. */
  void addUnseenAcks(Incidents incidents);

  /**
   * Closes all open clients with code 1000 and waits until they have ended; those that do not end
   * in time are dropped.
   *
   * @throws IllegalStateException in a callback of the fake
   */
  void closeAll();

  /** Sets what may explain why a client cannot connect to a URL, for the text of that failure. */
  void explain(Function<WebSocketAddress, List<String>> explanations);

  /**
   * Waits until all open clients have ended, as the service has ended their connections; those that
   * do not end in time are dropped.
   */
  void awaitEnds();

  /** Creates connectors. */
  @FunctionalInterface
  interface Factory<O, P extends C, S extends C, C> {

    /**
     * A connector.
     *
     * @param loop serves the clients' sockets
     * @param timeline records what only a client can see
     * @param barrier the fake's barrier; null for other targets, whose idleness is unknown and
     *     whose clients record their frames themselves
     * @param defaultHub the hub of a client whose URL and options name none
     * @param mapping how objects become JSON and back
     * @param times how long the clients and their assertions wait
     */
    ClientConnector<O, P, S, C> make(
        TransportLoop loop,
        Timeline timeline,
        @Nullable Barrier barrier,
        String defaultHub,
        ObjectMapping mapping,
        WaitTimes times);
  }
}
