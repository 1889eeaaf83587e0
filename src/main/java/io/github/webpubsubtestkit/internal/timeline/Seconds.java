package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;
import java.util.Locale;

/** Times of the timeline as people read them. */
final class Seconds {

  private Seconds() {}

  /** {@code +0.012 s}. */
  static String of(Duration at) {
    return String.format(Locale.ROOT, "+%.3f s", at.toNanos() / 1e9);
  }
}
