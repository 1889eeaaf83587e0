package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;

/**
 * A short spin before a thread sleeps: waking it takes about as long as the awaited event.
 *
 * <pre>{@code
 * SpinWait spinWait = SpinWait.begin(SpinWait.USUAL);
 * while (!isThere() && spinWait.spin()) {
 *   // it looks again
 * }
 * }</pre>
 */
public final class SpinWait {

  /** The usual length, about the time to wake a thread, which limits the processor time spent. */
  public static final Duration USUAL = Duration.ofNanos(50_000);

  private final long end;

  private SpinWait(long end) {
    this.end = end;
  }

  /** Starts a spin now. */
  public static SpinWait begin(Duration length) {
    return new SpinWait(System.nanoTime() + length.toNanos());
  }

  /** Yields to other threads and returns true, until the time is over. */
  @SuppressWarnings("ThreadPriorityCheck") // with few cores, the awaited event needs this one
  public boolean spin() {
    if (System.nanoTime() - end >= 0) {
      return false;
    }
    Thread.yield();
    return true;
  }
}
