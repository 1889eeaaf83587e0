package io.github.webpubsubtestkit.internal.expect;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knows when everything under way in a fake has been carried out. */
public interface Barrier {

  /**
   * Waits until nothing is under way any more: what clients sent has arrived, and no mailbox,
   * request or handler is busy.
   *
   * @throws NotIdleException if something is still busy after that time
   */
  void awaitIdle(Duration atMost) throws NotIdleException;

  /**
   * Why something that was waited for may be missing, a line each: the end of the fake, and what
   * went wrong with a hub's event handlers since a moment of the timeline, or has not been answered
   * yet.
   */
  default List<String> troubles(String hub, Duration since) {
    return List.of();
  }

  /** What the fake calls the connection of the client with this address, if it is open. */
  default Optional<String> connectionId(SocketAddress client) {
    return Optional.empty();
  }
}
