package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.nio.charset.StandardCharsets;

/** The rules for codes and reasons of close frames (RFC 6455, sections 5.5.1 and 7.4). */
final class CloseCodes {

  static final int GOING_AWAY = 1001;

  /** The code of a close frame without a code. */
  static final int NONE = 1005;

  /** The code of an end without a close frame. */
  static final int NO_CLOSE_FRAME = 1006;

  static final int POLICY_VIOLATION = 1008;

  static final int INTERNAL_ERROR = 1011;

  private static final int TLS_FAILURE = 1015;
  private static final int MAX_REASON_BYTES = 123;

  private CloseCodes() {}

  /**
   * Returns whether a peer may send the code: those of RFC 6455, section 7.4 and the registered
   * 1012 to 1014.
   */
  static boolean isValidFromPeer(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** Checks a code and reason to send; a test may send ones that a peer should not. */
  static void checkSendable(int code, String reason) {
    if (code < 1000 || code > 4999 || code == NO_CLOSE_FRAME || code == TLS_FAILURE) {
      throw new IllegalArgumentException(
          "a close code must be 1000 to 4999, but not 1006 or 1015; this is " + code);
    }
    if (utf8Length(reason) > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "a close reason must have at most 123 bytes but this has " + utf8Length(reason));
    }
    if (code == NONE && !reason.isEmpty()) {
      throw new IllegalArgumentException(
          "a close without a code has no reason, but here is one: " + Secrets.mask(reason));
    }
  }

  /** The beginning of a text, without its secrets, that fits into a close frame. */
  static String fitting(String reason) {
    String text = Secrets.mask(reason);
    int end = Math.min(text.length(), MAX_REASON_BYTES);
    while (utf8Length(text.substring(0, end)) > MAX_REASON_BYTES) {
      end--;
    }
    return text.substring(0, end);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
