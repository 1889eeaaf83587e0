package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;

/**
 * A short spin before a thread sleeps: waking it takes about as long as the awaited event. Where
 * processors are scarce, nobody spins.
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

  /** A thread that gets its processor back later than this has lost it to another one. */
  private static final long LOST = 100_000;

  private static final BusyProcessors BUSY = new BusyProcessors();

  private final BusyProcessors busy;
  private final long end;
  private long last;

  SpinWait(BusyProcessors busy, long now, long length) {
    this.busy = busy;
    this.last = now;
    this.end = busy.permitSpinning(now) ? now + length : now;
  }

  /** Starts a spin now. */
  public static SpinWait begin(Duration length) {
    return new SpinWait(BUSY, System.nanoTime(), length.toNanos());
  }

  /** Yields to other threads and returns true, until the time is over. */
  @SuppressWarnings("ThreadPriorityCheck") // with few cores, the awaited event needs this one
  public boolean spin() {
    if (!permits(System.nanoTime())) {
      return false;
    }
    Thread.yield();
    return true;
  }

  /** Returns whether the spin goes on at this time. */
  boolean permits(long now) {
    if (now - last > LOST) {
      busy.hadToWait(now);
      return false;
    }
    last = now;
    return now - end < 0;
  }
}
