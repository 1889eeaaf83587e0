package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;

/** Times of the timeline as people read them. */
final class Seconds {

  private static final int NANOS_PER_MILLI = 1_000_000;

  private Seconds() {}

  /**
   * {@code +0.012 s}. Without the classes that format floating-point numbers: their first use must
   * not be where memory is short, as the JVM could never use them again.
   */
  static String of(Duration at) {
    return "+" + length(at);
  }

  /** {@code 0.012 s}. */
  static String length(Duration at) {
    long millis = (at.toNanos() + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI;
    String fraction = String.valueOf(1_000 + millis % 1_000);
    return millis / 1_000
        + "."
        + fraction.charAt(1)
        + fraction.charAt(2)
        + fraction.charAt(3)
        + " s";
  }
}
