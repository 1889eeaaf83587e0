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
 * <p>Assertions wait in Awaitility, whose condition sleeps until something changes, but only if it
 * takes long: loading Awaitility takes longer than a message. A client's own waits (for an ack or
 * the end of its socket) are below a test's level and use the {@link Changes} alone.
 */
public final class Waiting {

  /** The longest timeout: more than any test waits, without overflow in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** What is under way is there within this time. */
  private static final Duration SOON = Duration.ofMillis(300);

  private Waiting() {}

  /**
   * Waits for an assertion.
   *
   * <p>Checks first, so that an existing outcome is returned immediately, even to an interrupted
   * thread; a time of zero checks once. Returns as soon as there is an outcome.
   *
   * @return the outcome; empty when the time was up
   * @throws Interruption if the thread was interrupted; its interrupt flag is set
   * @throws IllegalArgumentException if the time is negative
   */
  public static <T> Optional<T> forAssertion(
      Changes changes, Duration atMost, Supplier<Optional<T>> look) {
    return forAssertion(changes, atMost, look, () -> {});
  }

  private static <T> Optional<T> forAssertion(
      Changes changes, Duration atMost, Supplier<Optional<T>> look, Runnable onInterrupt) {
    long deadline = deadlineAfter(atMost);
    Optional<T> there = look.get();
    if (there.isPresent() || atMost.isZero()) {
      return there;
    }
    BlockingCondition<T> condition = new BlockingCondition<>(changes, look, onInterrupt);
    boolean isShort = atMost.compareTo(SOON) <= 0;
    condition.block(isShort ? deadline : System.nanoTime() + SOON.toNanos());
    if (!isShort && condition.isOpen()) {
      ByAwaitility.run(condition, deadline);
    }
    return condition.outcome();
  }

  /**
   * Does the same as {@link #forAssertion(Changes, Duration, Supplier)}, and tells the timeline of
   * a wait in vain. Soft assertions share one time.
   *
   * @throws RuntimeException the attempt's, if the thread was interrupted; its interrupt flag is
   *     set
   */
  public static <T> Optional<T> forAssertion(
      Changes changes, Duration atMost, Supplier<Optional<T>> look, Attempt attempt) {
    Duration began = attempt.timeline().now();
    Duration left = SharedTime.left(atMost);
    Optional<T> outcome;
    attempt.begins(began);
    try {
      outcome = forAssertion(changes, left, look, attempt::threadInterrupted);
    } catch (Interruption e) {
      throw attempt.interrupted(e, began, left);
    } finally {
      attempt.ended();
    }
    if (outcome.isEmpty() && !left.isZero()) {
      SharedTime.waitedInVain(left);
      attempt.gaveUp(began, left);
    }
    return outcome;
  }

  /**
   * Waits for the kit itself rather than for an assertion.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @return the outcome; empty when the time was up
   * @throws Interruption if the thread was interrupted; its interrupt flag is set
   */
  public static <T> Optional<T> until(
      Changes changes, long deadlineNanos, Supplier<Optional<T>> look) {
    BlockingCondition<T> condition = new BlockingCondition<>(changes, look, () -> {});
    condition.block(deadlineNanos);
    return condition.outcome();
  }

  /**
   * The deadline after this time, by {@link System#nanoTime()}.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public static long deadlineAfter(Duration atMost) {
    if (atMost.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + atMost);
    }
    return System.nanoTime() + shortened(atMost).toNanos();
  }

  static Duration shortened(Duration atMost) {
    return atMost.compareTo(LONGEST) > 0 ? LONGEST : atMost;
  }

  /**
   * The use of Awaitility, separate so that the verifier does not load Awaitility before it is
   * used.
   */
  private static final class ByAwaitility {

    private ByAwaitility() {}

    static void run(BlockingCondition<?> condition, long deadlineNanos) {
      Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
      try {
        Awaitility.with()
            .pollInSameThread() // an interrupt, such as JUnit's @Timeout, then reaches the
            // condition
            .dontCatchUncaughtExceptions() // a failure elsewhere in the JVM is not this test's
            .ignoreNoExceptions() // regardless of the test's defaults of Awaitility
            .failFast(() -> false)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofNanos(1)) // never used: the condition returns when it is over
            .atMost(left.plusSeconds(10)) // the condition stops at the deadline itself
            .await()
            .until(() -> condition.isOverAfterBlocking(deadlineNanos));
      } catch (ConditionTimeoutException late) {
        // the machine was suspended after the condition ended; its outcome is valid
      }
    }
  }

  /**
   * A condition that blocks until there is an outcome, the time is up or the thread is interrupted,
   * and is then finished. It throws nothing through Awaitility, which may be configured to ignore
   * exceptions and would then call it repeatedly.
   */
  private static final class BlockingCondition<T> {
    private final Changes changes;
    private final Supplier<Optional<T>> look;
    private Optional<T> outcome = Optional.empty();
    private final long startNanos = System.nanoTime();
    private final Runnable onInterrupt;
    private boolean interrupted;
    private @Nullable RuntimeException exception;
    private @Nullable Error error;

    BlockingCondition(Changes changes, Supplier<Optional<T>> look, Runnable onInterrupt) {
      this.onInterrupt = onInterrupt;
      this.changes = changes;
      this.look = look;
    }

    boolean isOverAfterBlocking(long deadlineNanos) {
      block(deadlineNanos);
      return true;
    }

    /** Returns whether nothing has come of it yet. */
    boolean isOpen() {
      return outcome.isEmpty() && !interrupted && exception == null && error == null;
    }

    void block(long deadlineNanos) {
      try {
        outcome = changes.await(deadlineNanos, look);
      } catch (InterruptedException e) {
        interrupted = true;
        onInterrupt.run();
      } catch (RuntimeException e) {
        exception = e;
      } catch (Error e) {
        error = e;
      }
    }

    Optional<T> outcome() {
      if (interrupted) {
        Thread.currentThread().interrupt();
        throw Interruption.since(startNanos);
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
