package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where two texts differ: between a common beginning and a common end.
 *
 * @param prefix the number of characters at the beginning that are the same
 * @param suffix the number of characters at the end that are the same
 */
record TextDifference(String expected, String actual, int prefix, int suffix) {

  private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}+");

  /** Texts up to this length are shown whole. */
  private static final int WHOLE = 48;

  /** Characters shown on each side of the place. */
  private static final int BEFORE = 12;

  private static final int AFTER = 24;

  static TextDifference between(String expected, String actual) {
    int shortest = Math.min(expected.length(), actual.length());
    int prefix = 0;
    while (prefix < shortest && expected.charAt(prefix) == actual.charAt(prefix)) {
      prefix++;
    }
    if (prefix > 0 && prefix < Math.max(expected.length(), actual.length())) {
      prefix -= Character.isHighSurrogate(expected.charAt(prefix - 1)) ? 1 : 0;
    }
    int suffix = 0;
    while (suffix < shortest - prefix
        && expected.charAt(expected.length() - 1 - suffix)
            == actual.charAt(actual.length() - 1 - suffix)) {
      suffix++;
    }
    return new TextDifference(expected, actual, prefix, suffix);
  }

  /** The number of characters at both ends that are the same. */
  int sameCharacters() {
    return prefix + suffix;
  }

  /** A clause that says what differs, without a subject: {@code expected "a" but was "b"}. */
  String describe() {
    if (looksAlike(expected, actual)) {
      return unseen() + ": " + windows();
    }
    if (expected.equalsIgnoreCase(actual)) {
      return "differs only in upper and lower case: " + windows();
    }
    if (expected.stripTrailing().equals(actual.stripTrailing())) {
      return "differs only in white space at its end: " + windowsOf(expected, actual, prefix);
    }
    if (bare(expected).equals(bare(actual))) {
      return "differs only in white space: " + windows();
    }
    return windows();
  }

  private static String bare(String text) {
    return WHITE_SPACE.matcher(text).replaceAll("");
  }

  private static String windowsOf(String wanted, String found, int from) {
    return "expected " + window(wanted, from) + " but was " + window(found, from);
  }

  /**
   * Returns whether people see no difference, or only one of how a character is escaped: blanks of
   * several kinds, invisible characters, accents in one character or in two.
   */
  static boolean looksAlike(String one, String other) {
    return !one.equals(other) && seen(one).equals(seen(other));
  }

  private static String seen(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return text;
    }
    StringBuilder seen = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isSpaceChar(c) && Character.getType(c) == Character.SPACE_SEPARATOR) {
                seen.append(' ');
              } else if (isSeen(c)) {
                seen.appendCodePoint(c);
              }
            });
    return Normalizer.normalize(seen, Normalizer.Form.NFC);
  }

  private static boolean isSeen(int c) {
    boolean selectsVariant = (c >= 0xfe00 && c <= 0xfe0f) || c == 0x34f;
    boolean control = Character.isISOControl(c) && !Character.isWhitespace(c);
    return !selectsVariant && !control && Character.getType(c) != Character.FORMAT;
  }

  /** {@code looks the same, but character 2 is U+00A0, not U+0020}. */
  String unseen() {
    int at = prefix;
    String number =
        String.format(Locale.ROOT, "character %,d ", expected.codePointCount(0, at) + 1);
    String place =
        at >= actual.length()
            ? number + "is missing: " + code(expected, at)
            : at >= expected.length()
                ? number + "is not expected: " + code(actual, at)
                : number + "is " + code(actual, at) + ", not " + code(expected, at);
    return "looks the same, but " + place;
  }

  private static String code(String text, int at) {
    return String.format(Locale.ROOT, "U+%04X", text.codePointAt(at));
  }

  private String windows() {
    String[] wanted = expected.split("\n", -1);
    String[] found = actual.split("\n", -1);
    if (wanted.length == 1 && found.length == 1) {
      return windowsOf(expected, actual, prefix);
    }
    int line = 0;
    while (line < Math.min(wanted.length, found.length) && wanted[line].equals(found[line])) {
      line++;
    }
    String number = String.format(Locale.ROOT, "line %,d: ", line + 1);
    if (line >= wanted.length) {
      return number + "not expected but was " + window(found[line], 0);
    }
    if (line >= found.length) {
      return number + "expected " + window(wanted[line], 0) + " but it is missing";
    }
    int from = between(wanted[line], found[line]).prefix;
    return number + windowsOf(wanted[line], found[line], from);
  }

  private static String window(String text, int at) {
    boolean whole = text.length() <= WHOLE;
    int from = whole ? 0 : Math.max(0, at - BEFORE);
    int to = whole ? text.length() : Math.min(text.length(), at + AFTER);
    if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
      from--;
    }
    if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
      to++;
    }
    return FailureText.quote(
        (from > 0 ? "…" : "") + Secrets.part(text, from, to) + (to < text.length() ? "…" : ""));
  }
}
