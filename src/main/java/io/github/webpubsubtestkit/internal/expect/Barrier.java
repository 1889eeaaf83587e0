package io.github.webpubsubtestkit.internal.expect;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Waits for the pending work of a fake. */
public interface Barrier {

  /**
   * Waits until no work is pending: all frames of clients have arrived, and no mailbox, request or
   * handler is busy.
   *
   * @throws NotIdleException if something is still busy after that time
   */
  void awaitIdle(Duration atMost) throws NotIdleException;

  /** What may explain a failure. */
  default Evidence evidence() {
    return Evidence.NONE;
  }

  /** Tells the timeline the name of a connection's client in the test. */
  default void named(String connectionId, String client) {}

  /** The fake's id of the connection of the client with this address, if it is open. */
  default Optional<String> connectionId(SocketAddress client) {
    return Optional.empty();
  }

  /**
   * Returns whether the test has an event of this connection hang: the service goes on with the
   * connection only after its own timeout.
   */
  default boolean isHanging(String connectionId) {
    return false;
  }

  /** The test has an event of some connection hang, see {@link #isHanging}. */
  default void hangs() {}

  /**
   * Returns whether a fault keeps the service from reading what the client with this address sends.
   */
  default boolean isUnheard(SocketAddress client) {
    return false;
  }

  /**
   * Returns whether a fault keeps the service from answering the client with this address soon,
   * within a second: it reads nothing, or what it would send waits.
   */
  default boolean isHeldBack(SocketAddress client) {
    return false;
  }

  /** Waits until the fake's loop has served all sockets once more. */
  default void awaitTurn() {}
}
