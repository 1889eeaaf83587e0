package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import java.util.List;

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
   * Why an effect of a hub's events may be missing: what went wrong with its event handlers since a
   * moment of the timeline, and what they have not answered yet.
   */
  default List<String> eventTroubles(String hub, Duration since) {
    return List.of();
  }
}
