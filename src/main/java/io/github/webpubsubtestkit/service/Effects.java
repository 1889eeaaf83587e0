package io.github.webpubsubtestkit.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Refuses the effects of faults that cannot be. */
final class Effects {

  private static final int MAX_REASON_BYTES = 123;
  private static final int NONE = 1005;

  private Effects() {}

  static void checkPositive(Duration time, String name) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + " must be more than zero but is " + time);
    }
  }

  static void checkAtLeastOne(int number, String name) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 but is " + number);
    }
  }

  static void checkRange(int number, int least, int most, String name) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + (most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most)
              + " but is "
              + number);
    }
  }

  /** Refuses what no close frame can have (RFC 6455, sections 5.5 and 7.4). */
  static void checkClose(int code, String reason) {
    if (code < 1000 || code > 4999 || code == 1006 || code == 1015) {
      throw new IllegalArgumentException(
          "a close code must be 1000 to 4999, but not 1006 or 1015; this is " + code);
    }
    if (code == NONE && !reason.isEmpty()) {
      throw new IllegalArgumentException("a close with 1005, which is none, has no reason");
    }
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "a close reason must have at most 123 bytes but this has " + bytes);
    }
  }
}
