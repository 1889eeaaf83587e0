package io.github.webpubsubtestkit.benchmark;

import java.util.Locale;

/**
 * What a work has to reach.
 *
 * @param limit the bound, itself still good
 * @param relative whether it bounds the ratio of the kit's figure to the baseline's, or the kit's
 *     figure itself
 * @param upper whether less is better
 */
record Goal(double limit, boolean relative, boolean upper) {

  static Goal ratioAtMost(double limit) {
    return new Goal(limit, true, true);
  }

  static Goal ratioAtLeast(double limit) {
    return new Goal(limit, true, false);
  }

  static Goal figureAtMost(double limit) {
    return new Goal(limit, false, true);
  }

  boolean isReached(double figure, double ratio) {
    double value = relative ? ratio : figure;
    return upper ? value <= limit : value >= limit;
  }

  String describe(String unit) {
    String bound = (upper ? "≤ " : "≥ ") + String.format(Locale.ROOT, "%s", limit);
    return (bound.endsWith(".0") ? bound.substring(0, bound.length() - 2) : bound)
        + (relative ? " ×" : " " + unit);
  }
}
