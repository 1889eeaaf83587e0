package io.github.webpubsubtestkit.internal.expect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The maximum duration of a wait: the time that a test or a default asks for, times the factor of
 * the service. Zero stays zero: it means "check once". A quiet period is no timeout.
 *
 * @param asked the time without the factor, not negative
 * @param factor more than 0
 */
public record Timeout(Duration asked, BigDecimal factor) {

  /**
   * Checks the time.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Timeout {
    if (asked.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + asked);
    }
  }

  /** Returns whether the time is zero: the condition is checked once. */
  public boolean isZero() {
    return asked.isZero();
  }

  /** The duration of the wait. */
  public Duration time() {
    if (factor.compareTo(BigDecimal.ONE) == 0) {
      return asked;
    }
    Duration shortened = Waiting.shortened(asked);
    BigDecimal nanos =
        BigDecimal.valueOf(shortened.getSeconds())
            .movePointRight(9)
            .add(BigDecimal.valueOf(shortened.getNano()))
            .multiply(factor)
            .setScale(0, RoundingMode.UP)
            .min(
                BigDecimal.valueOf(
                    Waiting.shortened(Duration.ofSeconds(Long.MAX_VALUE)).toNanos()));
    return Duration.ofNanos(nanos.longValueExact());
  }

  /** The end of a wait that begins now, by {@link System#nanoTime()}. */
  public long deadlineNanos() {
    return Waiting.deadlineAfter(time());
  }

  /** {@code 5 s}, or {@code 10 s (5 s x factor 2)}. */
  @Override
  public String toString() {
    return factor.compareTo(BigDecimal.ONE) == 0 || isZero()
        ? Times.describe(asked)
        : Times.describe(time())
            + " ("
            + Times.describe(asked)
            + " x factor "
            + factor.stripTrailingZeros().toPlainString()
            + ")";
  }
}
