package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;
import java.time.InstantSource;

/** The time of a fake: the current instant, and tasks to run later. */
public interface Timers extends InstantSource {

  /**
   * Runs a task once, after a delay.
   *
   * <p>The task runs on the thread that drives these timers and must neither block nor throw.
   */
  Scheduled schedule(Duration delay, Runnable task);

  /**
   * Runs a task that declares the peer of a socket too slow, unless it is cancelled in time. Where
   * the time can be moved, the peer first gets a moment of real time.
   */
  default Scheduled deadline(Duration delay, Runnable task) {
    return schedule(delay, task);
  }

  /** A task that waits for its time. */
  interface Scheduled {

    /** Cancels the task; has no effect once it has run. */
    void cancel();
  }
}
