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

  /** The fake's id of the connection of the client with this address, if it is open. */
  default Optional<String> connectionId(SocketAddress client) {
    return Optional.empty();
  }
}
