package io.github.webpubsubtestkit.internal.secrets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text with its escapes read, those of URLs with a percent sign and those of JSON with a
 * backslash, also one kind inside the other; and where each of its characters stands in the text as
 * it is.
 */
final class Unescaped {

  /** URLs in URLs, JSON in JSON: deeper nobody looks. */
  private static final int DEPTH = 3;

  private final String raw;
  private final String text;
  private final int @Nullable [] starts; // null: there is no escape

  private Unescaped(String raw, String text, int @Nullable [] starts) {
    this.raw = raw;
    this.text = text;
    this.starts = starts;
  }

  static Unescaped of(String raw) {
    Unescaped read = new Unescaped(raw, raw, null);
    for (int i = 0; i < DEPTH; i++) {
      Unescaped deeper = read.withoutOneLevel();
      if (deeper == read) {
        break;
      }
      read = deeper;
    }
    return read;
  }

  String text() {
    return text;
  }

  /** Where a character, or the end, stands in the text as it is. */
  int start(int at) {
    return starts == null ? at : starts[at];
  }

  /** Whether the character is the same in the text as it is, and not part of an escape there. */
  boolean isPlain(int at) {
    return start(at + 1) - start(at) == 1;
  }

  /** Whether the character is percent-encoded: then it separates nothing in the URL around it. */
  boolean isPercentEncoded(int at) {
    return !isPlain(at) && raw.charAt(start(at)) == '%';
  }

  private Unescaped withoutOneLevel() {
    int escape = nextEscape(0);
    if (escape < 0) {
      return this;
    }
    StringBuilder out = new StringBuilder(text.length());
    int[] places = new int[text.length() + 1];
    int at = 0;
    boolean changed = false;
    while (at < text.length()) {
      int length = text.charAt(at) == '%' || text.charAt(at) == '\\' ? escapeLength(at) : 1;
      places[out.length()] = start(at);
      out.append(length == 1 ? text.charAt(at) : meaning(at, length));
      changed |= length > 1;
      at += length;
    }
    if (!changed) {
      return this;
    }
    places[out.length()] = raw.length();
    return new Unescaped(raw, out.toString(), Arrays.copyOf(places, out.length() + 1));
  }

  private int nextEscape(int from) {
    int percent = text.indexOf('%', from);
    int backslash = text.indexOf('\\', from);
    return Math.max(percent, backslash);
  }

  /** How many characters an escape has; 1 if it is none. */
  private int escapeLength(int at) {
    if (text.charAt(at) == '%') {
      int value = hex(at + 1, 2);
      return value >= 0 && value < 0x80 ? 3 : 1;
    }
    if (at + 1 == text.length()) {
      return 1;
    }
    char next = text.charAt(at + 1);
    if (next == 'u') {
      return hex(at + 2, 4) < 0 ? 1 : 6;
    }
    return "\"'\\/nrtbf".indexOf(next) < 0 ? 1 : 2;
  }

  private char meaning(int at, int length) {
    return switch (length) {
      case 3 -> (char) hex(at + 1, 2);
      case 6 -> (char) hex(at + 2, 4);
      default -> {
        char letter = text.charAt(at + 1);
        yield "nrtbf".indexOf(letter) < 0 ? letter : ' ';
      }
    };
  }

  private int hex(int at, int digits) {
    if (at + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
