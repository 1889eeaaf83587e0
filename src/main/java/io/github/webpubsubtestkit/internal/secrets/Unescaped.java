package io.github.webpubsubtestkit.internal.secrets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text with its escapes decoded, those of URLs with a percent sign and those of JSON with a
 * backslash, also nested; with the position of each character in the original text.
 */
final class Unescaped {

  /** The maximum depth of URLs in URLs and JSON in JSON. */
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

  /** The decoded text, which must not be modified. */
  char[] text() {
    return text;
  }

  /** The position of a character, or of the end, in the original text. */
  int start(int at) {
    return starts == null ? at : starts[at];
  }

  /**
   * Returns whether the character is the same in the original text, and not part of an escape
   * there.
   */
  boolean isPlain(int at) {
    return start(at + 1) - start(at) == 1;
  }

  /**
   * Returns whether the character is percent-encoded: then it is not a separator in the surrounding
   * URL.
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

  /** The length of an escape; 1 if it is not one. */
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
