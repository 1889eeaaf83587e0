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
  private char[] text;
  private int @Nullable [] starts; // null: there is no escape

  private Unescaped(String raw) {
    this.raw = raw;
    this.text = raw.toCharArray();
  }

  static Unescaped of(String raw) {
    Unescaped read = new Unescaped(raw);
    boolean more = raw.indexOf('%') >= 0 || raw.indexOf('\\') >= 0;
    for (int i = 0; more && i < DEPTH; i++) {
      more = read.readEscapes();
    }
    return read;
  }

  /** Nobody changes it. */
  char[] text() {
    return text;
  }

  /** Where a character, or the end, stands in the text as it is. */
  int start(int at) {
    return starts == null ? at : starts[at];
  }

  /**
   * Returns whether the character is the same in the text as it is, and not part of an escape
   * there.
   */
  boolean isPlain(int at) {
    return start(at + 1) - start(at) == 1;
  }

  /**
   * Returns whether the character is percent-encoded: then it separates nothing in the URL around
   * it.
   */
  boolean isPercentEncoded(int at) {
    return !isPlain(at) && raw.charAt(start(at)) == '%';
  }

  /** Reads one level of escapes; returns whether there may be another. */
  private boolean readEscapes() {
    char[] out = new char[text.length];
    int[] places = new int[text.length + 1];
    int length = 0;
    boolean read = false;
    boolean left = false;
    for (int at = 0; at < text.length; ) {
      char c = text[at];
      int size = c == '%' || c == '\\' ? escapeLength(at) : 1;
      places[length] = start(at);
      out[length] = size == 1 ? c : meaning(at, size);
      read |= size > 1;
      left |= out[length] == '%' || out[length] == '\\';
      length++;
      at += size;
    }
    if (read) {
      places[length] = raw.length();
      text = Arrays.copyOf(out, length);
      starts = Arrays.copyOf(places, length + 1);
    }
    return read && left;
  }

  /** How many characters an escape has; 1 if it is none. */
  private int escapeLength(int at) {
    if (text[at] == '%') {
      int value = hex(at + 1, 2);
      return value >= 0 && value < 0x80 ? 3 : 1;
    }
    if (at + 1 == text.length) {
      return 1;
    }
    return switch (text[at + 1]) {
      case 'u' -> hex(at + 2, 4) < 0 ? 1 : 6;
      case '"', '\'', '\\', '/', 'n', 'r', 't', 'b', 'f' -> 2;
      default -> 1;
    };
  }

  private char meaning(int at, int size) {
    return switch (size) {
      case 3 -> (char) hex(at + 1, 2);
      case 6 -> (char) hex(at + 2, 4);
      default -> Characters.isLetterOrDigit(text[at + 1]) ? ' ' : text[at + 1];
    };
  }

  private int hex(int at, int digits) {
    if (at + digits > text.length) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = text[i] < 128 ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
