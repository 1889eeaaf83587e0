package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;

/** Knows when everything under way in a fake has been carried out. */
public interface Barrier {

  /**
   * Waits until nothing is under way any more: what clients sent has arrived, and no mailbox,
   * request or handler is busy.
   *
   * @throws NotIdleException if something is still busy after that time
   */
  void awaitIdle(Duration atMost) throws NotIdleException;
}
