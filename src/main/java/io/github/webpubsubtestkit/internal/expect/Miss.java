package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The difference between an actual and an expected value.
 *
 * @param closeness from 0 (nothing in common) to 1 (the same)
 * @param difference the first difference, as a clause without a subject: {@code differs from
 *     character 9 on}
 */
public record Miss(double closeness, String difference) {

  private static final int WINDOW = 24;

  /** The difference of two texts: the first character (counted from 0) that is not equal. */
  public static Miss ofText(String expected, String actual) {
    int same = commonPrefix(expected, actual);
    int longest = Math.max(expected.length(), actual.length());
    String difference = "differs from character " + number(same) + " on";
    if (longest > FailureText.MAX_CONTENT) { // where both are cut, the place itself must be shown
      difference += ": expected " + window(expected, same) + " but was " + window(actual, same);
    }
    return new Miss(longest == 0 ? 1 : (double) same / longest, difference);
  }

  /** The difference of two byte arrays: the first byte (counted from 0) that is not equal. */
  public static Miss ofBytes(byte[] expected, byte[] actual) {
    int longest = Math.max(expected.length, actual.length);
    int mismatch = Arrays.mismatch(expected, actual);
    int same = mismatch < 0 ? longest : mismatch;
    return new Miss(
        longest == 0 ? 1 : (double) same / longest, "differs from byte " + number(same) + " on");
  }

  /**
   * The difference of two JSON texts: the path of the first difference.
   *
   * @return the difference; empty if the second is not valid JSON
   */
  public static Optional<Miss> ofJson(JsonValue expected, String actual) {
    return JsonValue.ifValid(actual)
        .map(
            value -> {
              JsonDifferences differences = JsonDifferences.between(expected, value);
              return new Miss(differences.closeness(), differences.describe());
            });
  }

  private static int commonPrefix(String one, String other) {
    int end = Math.min(one.length(), other.length());
    int same = 0;
    while (same < end && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    boolean splitsPair = same > 0 && Character.isHighSurrogate(one.charAt(same - 1));
    return splitsPair && same < Math.max(one.length(), other.length()) ? same - 1 : same;
  }

  private static String window(String text, int from) {
    int end = Math.min(text.length(), from + WINDOW);
    return (from > 0 ? "…" : "")
        + FailureText.quote(Secrets.part(text, from, end))
        + (end < text.length() ? "…" : "");
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
