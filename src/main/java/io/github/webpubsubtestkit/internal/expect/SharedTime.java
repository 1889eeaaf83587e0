package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that several assertions share: what one of them waits in vain is missing from the time
 * of the next, and all end by one deadline, if there is one. Their texts name the time as the test
 * has given it. Not thread-safe.
 */
public final class SharedTime {

  private static final ThreadLocal<@Nullable SharedTime> CURRENT = new ThreadLocal<>();

  private final @Nullable Long deadlineNanos;
  private Duration spent = Duration.ZERO;

  /** Time without a deadline. */
  SharedTime() {
    this.deadlineNanos = null;
  }

  /**
   * Time until a deadline.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   */
  public SharedTime(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** An assertion. */
  public interface Action<T extends @Nullable Object, E extends Throwable> {
    /** Carries it out. */
    T run() throws E;
  }

  /** Carries out an assertion, whose waits on this thread share this time. */
  public <T extends @Nullable Object, E extends Throwable> T during(Action<T, E> action) throws E {
    SharedTime before = CURRENT.get();
    CURRENT.set(this);
    try {
      return action.run();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /** What is left of the time of an assertion that is carried out now, on this thread. */
  static Duration left(Duration atMost) {
    SharedTime current = CURRENT.get();
    if (current == null) {
      return atMost;
    }
    Duration left = atMost.minus(current.spent);
    Long deadline = current.deadlineNanos;
    if (deadline != null) {
      Duration toDeadline = Duration.ofNanos(deadline - System.nanoTime());
      left = toDeadline.compareTo(left) < 0 ? toDeadline : left;
    }
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Tells how long an assertion has waited in vain on this thread. */
  static void waitedInVain(Duration time) {
    SharedTime current = CURRENT.get();
    if (current != null) {
      current.spent = current.spent.plus(time);
    }
  }
}
