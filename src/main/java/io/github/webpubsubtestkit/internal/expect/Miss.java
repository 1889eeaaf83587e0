package io.github.webpubsubtestkit.internal.expect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The difference between an actual and an expected value.
 *
 * @param closeness from 0 (nothing in common) to 1 (the same)
 * @param differences what differs, the first first, each a clause without a subject: {@code
 *     expected "a" but was "b"}; at least one
 */
public record Miss(double closeness, List<String> differences) {

  /** One difference. */
  public Miss(double closeness, String difference) {
    this(closeness, List.of(difference));
  }

  /** The difference of two texts, around the first character that is not equal. */
  public static Miss ofText(String expected, String actual) {
    return new Miss(
        Similarity.of(expected, actual), TextDifference.between(expected, actual).describe());
  }

  /** The difference of two byte arrays: the first byte (counted from 0) that is not equal. */
  public static Miss ofBytes(byte[] expected, byte[] actual) {
    int longest = Math.max(expected.length, actual.length);
    int mismatch = Arrays.mismatch(expected, actual);
    int same = mismatch < 0 ? longest : mismatch;
    return new Miss(
        longest == 0 ? 1 : (double) same / longest,
        String.format(
            Locale.ROOT,
            "byte %,d: expected %s but was %s",
            same,
            hex(expected, same),
            hex(actual, same)));
  }

  /** Returns whether it only states two values, which a headline may have stated already. */
  public boolean onlyStatesValues() {
    String first = differences.get(0);
    return differences.size() == 1 && first.startsWith("expected \"") && !first.contains("…");
  }

  private static String hex(byte[] bytes, int at) {
    return at < bytes.length ? String.format(Locale.ROOT, "%02x", bytes[at]) : "no further byte";
  }

  /**
   * The differences of two JSON texts, each with its path.
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

  /** The same for a value of which only a part is expected. */
  static Optional<Miss> ofPartOfJson(JsonValue expected, String actual) {
    return JsonValue.ifValid(actual)
        .map(
            value -> {
              JsonDifferences differences = JsonDifferences.ofPart(expected, value);
              return new Miss(differences.closeness(), differences.describe());
            });
  }

  /** The first difference, and the number of others. */
  public String difference() {
    int more = differences.size() - 1;
    return differences.get(0)
        + (more == 0
            ? ""
            : String.format(
                Locale.ROOT, " (and %,d more difference%s)", more, more == 1 ? "" : "s"));
  }
}
