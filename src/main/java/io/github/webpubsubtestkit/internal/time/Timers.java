package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;
import java.time.InstantSource;

/** All the time a fake knows: what time it is, and tasks to run later. */
public interface Timers extends InstantSource {

  /**
   * Runs a task once, after a delay.
   *
   * <p>The task runs on the thread that drives these timers and must neither block nor throw.
   */
  Scheduled schedule(Duration delay, Runnable task);

  /**
   * Runs a task that declares somebody at the other end of a socket too slow, unless it is taken
   * back in time. Where the time can be moved, that somebody has a moment of real time before.
   */
  default Scheduled deadline(Duration delay, Runnable task) {
    return schedule(delay, task);
  }

  /** A task that waits for its time. */
  interface Scheduled {

    /** Takes the task back; without effect once it has run. */
    void cancel();
  }
}
