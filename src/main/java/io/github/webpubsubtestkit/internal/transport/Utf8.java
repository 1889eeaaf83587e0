package io.github.webpubsubtestkit.internal.transport;

/**
 * Checks UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF, no
 * sequence cut short. The protocol engine's own check accepts a text that ends inside a character.
 */
final class Utf8 {

  private Utf8() {}

  static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int first = bytes[i++];
      if (first >= 0) {
        continue;
      }
      first &= 0xff;
      if (first < 0xc2 || first > 0xf4) {
        return false;
      }
      int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      if (to - i < more || !isSecond(first, bytes[i] & 0xff)) {
        return false;
      }
      for (int k = 1; k < more; k++) {
        if ((bytes[i + k] & 0xc0) != 0x80) {
          return false;
        }
      }
      i += more;
    }
    return true;
  }

  /**
   * Returns whether the second byte is valid; some first bytes restrict it (table 3-7 of the
   * Unicode standard).
   */
  private static boolean isSecond(int first, int second) {
    return switch (first) {
      case 0xe0 -> second >= 0xa0 && second <= 0xbf;
      case 0xed -> second >= 0x80 && second <= 0x9f;
      case 0xf0 -> second >= 0x90 && second <= 0xbf;
      case 0xf4 -> second >= 0x80 && second <= 0x8f;
      default -> second >= 0x80 && second <= 0xbf;
    };
  }
}
