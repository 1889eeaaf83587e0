package io.github.webpubsubtestkit.internal.timeline;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Locale;

/** Readable descriptions of bytes. */
public final class Bytes {

  private static final int SHOWN = 64;

  private Bytes() {}

  /** {@code 3 bytes 01 02 03}; long arrays are cut. */
  public static String describe(byte[] bytes) {
    String length =
        String.format(Locale.ROOT, "%,d byte%s", bytes.length, bytes.length == 1 ? "" : "s");
    if (bytes.length == 0) {
      return length;
    }
    return length + " " + Secrets.hex(bytes, SHOWN) + (bytes.length <= SHOWN ? "" : " …");
  }
}
