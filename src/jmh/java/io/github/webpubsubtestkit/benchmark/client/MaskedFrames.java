package io.github.webpubsubtestkit.benchmark.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of a client as bytes, made before the measurement. */
public final class MaskedFrames {

  private MaskedFrames() {}

  /** The same text frame several times; the mask is zero, which spares the masking. */
  public static ByteBuffer of(String text, int times) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frames = ByteBuffer.allocateDirect(times * (payload.length + 8));
    for (int i = 0; i < times; i++) {
      frames.put((byte) 0x81);
      if (payload.length < 126) {
        frames.put((byte) (0x80 | payload.length));
      } else {
        frames.put((byte) (0x80 | 126)).putShort((short) payload.length);
      }
      frames.putInt(0).put(payload);
    }
    return frames.flip();
  }
}
