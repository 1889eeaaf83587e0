package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.nio.charset.StandardCharsets;

/** Validates a client's close frame (RFC 6455, section 7.4). */
final class CloseFrames {

  private static final int MAX_REASON_BYTES = 123;

  private CloseFrames() {}

  static void check(int code, String reason) {
    boolean allowed =
        (code >= 1000 && code <= 1014 && code != 1004 && code != 1006)
            || (code >= 3000 && code <= 4999);
    if (!allowed) {
      throw new IllegalArgumentException(
          "code of a close frame must be 1000 to 1003, 1007 to 1014, 3000 to 4999, or 1005 for a"
              + " frame without a code, but is "
              + code);
    }
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "reason of a close frame must have at most "
              + MAX_REASON_BYTES
              + " bytes of UTF-8 but has "
              + bytes);
    }
    if (code == 1005 && !reason.isEmpty()) {
      throw new IllegalArgumentException(
          "a close frame without a code (1005) cannot have a reason but is to have \""
              + Secrets.mask(reason)
              + "\"");
    }
  }
}
