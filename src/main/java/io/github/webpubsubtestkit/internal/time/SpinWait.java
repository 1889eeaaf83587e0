package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;

/**
 * A moment in which a thread looks for what it waits for, before it goes to sleep: to be woken
 * costs about as long as what is waited for takes to come.
 *
 * <pre>{@code
 * SpinWait spinWait = SpinWait.begin(SpinWait.USUAL);
 * while (!isThere() && spinWait.spin()) {
 *   // it looks again
 * }
 * }</pre>
 */
public final class SpinWait {

  /** As long as it takes to wake a thread; so much processor time it costs at most. */
  public static final Duration USUAL = Duration.ofNanos(50_000);

  private final long end;

  private SpinWait(long end) {
    this.end = end;
  }

  /** Begins now. */
  public static SpinWait begin(Duration length) {
    return new SpinWait(System.nanoTime() + length.toNanos());
  }

  /** Lets others run and returns true, until the moment is over. */
  @SuppressWarnings("ThreadPriorityCheck") // where cores are few, what is to come needs this one
  public boolean spin() {
    if (System.nanoTime() - end >= 0) {
      return false;
    }
    Thread.yield();
    return true;
  }
}
