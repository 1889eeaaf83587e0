package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for a change, bounded and without polling.
 *
 * <p>Assertions wait in Awaitility, whose condition sleeps until something changes. What a client
 * waits for on its own behalf (an ack, the end of its socket) happens below a test's level, often
 * before the first assertion; it waits on the {@link Changes} themselves and does not load
 * Awaitility.
 */
public final class Waiting {

  /**
   * The system property by which the kit's own tests wait longer, in seconds: they run on loaded
   * machines, where a thread may not run for as long as users are to wait. Not for users yet.
   */
  static final String DEFAULT_PROPERTY = "webpubsub.internal.wait";

  /** How long everything waits unless a test says otherwise: 5 seconds, as is documented. */
  public static final Duration DEFAULT = defaultTime(System.getProperty(DEFAULT_PROPERTY));

  /** More than any test waits, and few enough nanoseconds to calculate with. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Waiting() {}

  static Duration defaultTime(@Nullable String seconds) {
    if (seconds == null) {
      return Duration.ofSeconds(5);
    }
    try {
      long given = Long.parseLong(seconds);
      if (given > 0) {
        return Duration.ofSeconds(given);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        DEFAULT_PROPERTY + " must be a number of seconds, 1 or more, but is \"" + seconds + '"');
  }

  /**
   * Waits for an assertion.
   *
   * <p>Looks first, so that what is there already is returned at once, also to an interrupted
   * thread; a time of zero looks only. Returns as soon as the look gives something.
   *
   * @return what the look gave; empty when the time was up
   * @throws InterruptedWaitException if the thread was interrupted; its interrupt flag is set
   * @throws IllegalArgumentException if the time is negative
   */
  public static <T> Optional<T> forAssertion(
      Changes changes, Duration atMost, Supplier<Optional<T>> look) {
    long deadline = deadlineAfter(atMost);
    Optional<T> there = look.get();
    if (there.isPresent() || atMost.isZero()) {
      return there;
    }
    BlockingCondition<T> condition = new BlockingCondition<>(changes, deadline, look);
    ByAwaitility.run(condition, atMost);
    return condition.outcome();
  }

  /**
   * Waits on the kit's own behalf.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @return what the look gave; empty when the time was up
   * @throws InterruptedWaitException if the thread was interrupted; its interrupt flag is set
   */
  public static <T> Optional<T> until(
      Changes changes, long deadlineNanos, Supplier<Optional<T>> look) {
    BlockingCondition<T> condition = new BlockingCondition<>(changes, deadlineNanos, look);
    condition.block();
    return condition.outcome();
  }

  /**
   * The moment that lies so far ahead, by {@link System#nanoTime()}.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public static long deadlineAfter(Duration atMost) {
    if (atMost.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + atMost);
    }
    return System.nanoTime() + shortened(atMost).toNanos();
  }

  private static Duration shortened(Duration atMost) {
    return atMost.compareTo(LONGEST) > 0 ? LONGEST : atMost;
  }

  /** Apart from the rest, so that the verifier loads nothing of Awaitility before it is used. */
  private static final class ByAwaitility {

    private ByAwaitility() {}

    static void run(BlockingCondition<?> condition, Duration atMost) {
      try {
        Awaitility.with()
            .pollInSameThread() // an interrupt, such as JUnit's @Timeout, then reaches the
            // condition
            .dontCatchUncaughtExceptions() // a failure elsewhere in the JVM is not this test's
            .ignoreNoExceptions() // whatever the test has made Awaitility's default
            .failFast(() -> false)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofNanos(1)) // never used: the condition returns when it is over
            .atMost(shortened(atMost).plusSeconds(10)) // the condition stops at the deadline itself
            .await()
            .until(condition::isOver);
      } catch (ConditionTimeoutException late) {
        // the machine stood still after the condition was over; its outcome counts
      }
    }
  }

  /**
   * Blocks until there is an outcome, the time is up or the thread is interrupted; then it is over,
   * whatever happened. Nothing is thrown through Awaitility, which may be set to ignore exceptions
   * and would then call again and again.
   */
  private static final class BlockingCondition<T> {
    private final Changes changes;
    private final long deadlineNanos;
    private final Supplier<Optional<T>> look;
    private Optional<T> outcome = Optional.empty();
    private @Nullable InterruptedException interrupt;
    private @Nullable RuntimeException exception;
    private @Nullable Error error;

    BlockingCondition(Changes changes, long deadlineNanos, Supplier<Optional<T>> look) {
      this.changes = changes;
      this.deadlineNanos = deadlineNanos;
      this.look = look;
    }

    boolean isOver() {
      block();
      return true;
    }

    void block() {
      try {
        outcome = changes.await(deadlineNanos, look);
      } catch (InterruptedException e) {
        interrupt = e;
      } catch (RuntimeException e) {
        exception = e;
      } catch (Error e) {
        error = e;
      }
    }

    Optional<T> outcome() {
      if (interrupt != null) {
        Thread.currentThread().interrupt();
        throw new InterruptedWaitException(interrupt);
      }
      if (exception != null) {
        throw exception;
      }
      if (error != null) {
        throw error;
      }
      return outcome;
    }
  }
}
