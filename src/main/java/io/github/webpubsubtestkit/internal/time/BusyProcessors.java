package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;

/**
 * Remembers that spinning was no good: a thread that yielded did not get its processor back in
 * time, because others had use for it. With as many busy neighbours as processors that takes
 * milliseconds each time, while a thread that sleeps is woken at once. Nobody spins for a while
 * then; the while doubles as long as it happens again.
 *
 * <p>Thread-safe; a lost update does no harm.
 */
final class BusyProcessors {

  private static final long FIRST_PAUSE = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

  private volatile boolean seen;
  private volatile long pause = FIRST_PAUSE;
  private volatile long pauseEnd;

  /**
   * Returns whether a thread may spin.
   *
   * @param now by {@link System#nanoTime()}
   */
  boolean permitSpinning(long now) {
    if (!seen) {
      return true;
    }
    long sincePause = now - pauseEnd;
    if (sincePause < 0) {
      return false;
    }
    if (sincePause > pause) { // long enough without another one
      pause = FIRST_PAUSE;
      seen = false;
    }
    return true;
  }

  /** Records that a thread has waited for its processor. */
  void hadToWait(long now) {
    pauseEnd = now + pause;
    pause = Math.min(LONGEST_PAUSE, 2 * pause);
    seen = true;
  }
}
