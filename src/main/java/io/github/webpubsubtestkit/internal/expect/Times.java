package io.github.webpubsubtestkit.internal.expect;

import java.math.BigDecimal;
import java.time.Duration;

/** Readable descriptions of durations. */
public final class Times {

  private Times() {}

  /** {@code 2 s}, {@code 1.5 s}, {@code 500 ms}, {@code 0.25 ms}. */
  public static String describe(Duration time) {
    BigDecimal millis = new BigDecimal(time.getSeconds()).movePointRight(3);
    millis = millis.add(new BigDecimal(time.getNano()).movePointLeft(6));
    boolean seconds = millis.compareTo(BigDecimal.valueOf(1_000)) >= 0;
    BigDecimal shown = seconds ? millis.movePointLeft(3) : millis;
    return (shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString())
        + (seconds ? " s" : " ms");
  }
}
