package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Percent-decoding of paths, in the two ways in which the service reads them (rest-api 6.1, 2.2).
 *
 * <p>{@code +} is never a blank. Escapes that are invalid or not UTF-8 are left unchanged.
 */
public final class PercentCoding {

  private PercentCoding() {}

  /** Decodes every escape, once. */
  public static String decode(String text) {
    return decode(text, true);
  }

  /** Decodes every escape except {@code %2F}, which is left unchanged. */
  public static String decodeExceptSlash(String text) {
    return decode(text, false);
  }

  private static String decode(String text, boolean slash) {
    int escape = text.indexOf('%');
    if (escape < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (escape >= 0) {
      out.append(text, from, escape);
      int first = octet(text, escape);
      int length = first < 0 || (first == '/' && !slash) ? 0 : sequenceLength(first);
      String decoded = length == 0 ? null : sequence(text, escape, length);
      if (decoded == null) {
        out.append('%');
        from = escape + 1;
      } else {
        out.append(decoded);
        from = escape + 3 * length;
      }
      escape = text.indexOf('%', from);
    }
    return out.append(text, from, text.length()).toString();
  }

  /** The byte of an escape, or -1 if it is incomplete. */
  private static int octet(String text, int at) {
    if (at + 2 >= text.length() || text.charAt(at) != '%') {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    boolean ascii = text.charAt(at + 1) < 128 && text.charAt(at + 2) < 128;
    return high < 0 || low < 0 || !ascii ? -1 : high * 16 + low;
  }

  private static int sequenceLength(int first) {
    if (first < 0x80) {
      return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
      return 2;
    }
    if (first >= 0xE0 && first < 0xF0) {
      return 3;
    }
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
  }

  private static @Nullable String sequence(String text, int at, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int octet = octet(text, at + 3 * i);
      if (octet < 0) {
        return null;
      }
      bytes[i] = (byte) octet;
    }
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    return decoded.indexOf('\uFFFD') >= 0 && !isReplacementCharacter(bytes) ? null : decoded;
  }

  private static boolean isReplacementCharacter(byte[] bytes) {
    return bytes.length == 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBF
        && bytes[2] == (byte) 0xBD;
  }
}
