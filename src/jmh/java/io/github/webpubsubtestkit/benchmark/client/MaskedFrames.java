package io.github.webpubsubtestkit.benchmark.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of a client as bytes, made before the measurement. */
public final class MaskedFrames {

  private MaskedFrames() {}

  /** The same text frame several times; the mask is zero, which spares the masking. */
  public static ByteBuffer of(String text, int times) {
    return of(0x81, text.getBytes(StandardCharsets.UTF_8), times);
  }

  /** The same binary frame several times. */
  public static ByteBuffer of(byte[] payload, int times) {
    return of(0x82, payload, times);
  }

  private static ByteBuffer of(int firstByte, byte[] payload, int times) {
    ByteBuffer frames = ByteBuffer.allocateDirect(times * (payload.length + 8));
    for (int i = 0; i < times; i++) {
      frames.put((byte) firstByte);
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
