package io.github.webpubsubtestkit.internal.rest.filter;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Text functions: no culture, no exception (rest-api 10.4). */
final class Texts {

  private Texts() {}

  /** Returns whether a character is white space to .NET, on which the service runs. */
  static boolean isBlank(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static String toLower(String text) {
    return mapped(text, Character::toLowerCase);
  }

  static String toUpper(String text) {
    return mapped(text, Character::toUpperCase);
  }

  /** One character for each: other than in Java, {@code ß} has no upper case of two letters. */
  private static String mapped(String text, IntUnaryOperator mapping) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) || mapping.applyAsInt(c) != c) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(mapping).forEach(out::appendCodePoint);
        return out.toString();
      }
    }
    return text;
  }

  /** Null if there is no such part. */
  static @Nullable String substring(String text, long start, long length) {
    boolean within = start >= 0 && length >= 0 && start + length <= text.length();
    return within ? text.substring((int) start, (int) (start + length)) : null;
  }
}
