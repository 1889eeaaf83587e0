package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The mask of a client's frame (RFC 6455, section 5.3), eight bytes at a time. The protocol engine
 * takes one byte at a time, which costs more than TLS does.
 *
 * <p>Keys protect caches from what a web page sends. No page sends by this client, so they need not
 * be hard to guess.
 */
final class Mask {

  private static final int KEY_BYTES = 4;
  private static final int MASK_BIT = 0x80;

  private Mask() {}

  /** A frame with a mask, from one without. */
  static ByteBuffer add(ByteBuffer frame) {
    int header = headerBytes(frame, frame.position());
    int key = ThreadLocalRandom.current().nextInt();
    ByteBuffer masked = ByteBuffer.allocate(frame.remaining() + KEY_BYTES);
    masked.put(0, frame, frame.position(), header);
    masked.put(1, (byte) (masked.get(1) | MASK_BIT));
    masked.putInt(header, key);
    int payload = frame.remaining() - header;
    masked.put(header + KEY_BYTES, frame, frame.position() + header, payload);
    apply(masked, header + KEY_BYTES, key);
    return masked;
  }

  /** Turns a frame with a mask into one without, in its place. */
  static ByteBuffer remove(ByteBuffer frame) {
    int start = frame.position();
    int header = headerBytes(frame, start);
    int key = frame.getInt(start + header);
    apply(frame, start + header + KEY_BYTES, key);
    for (int i = header - 1; i >= 0; i--) {
      frame.put(start + KEY_BYTES + i, frame.get(start + i));
    }
    int second = start + KEY_BYTES + 1;
    frame.put(second, (byte) (frame.get(second) & ~MASK_BIT));
    return frame.position(start + KEY_BYTES);
  }

  private static int headerBytes(ByteBuffer frame, int start) {
    return switch (frame.get(start + 1) & ~MASK_BIT & 0xff) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  /** Masks or unmasks the bytes from a position up to the limit. */
  private static void apply(ByteBuffer bytes, int from, int key) {
    long twice = ((long) key << 32) | (key & 0xffffffffL);
    int at = from;
    for (; at <= bytes.limit() - Long.BYTES; at += Long.BYTES) {
      bytes.putLong(at, bytes.getLong(at) ^ twice);
    }
    for (int shift = 24; at < bytes.limit(); at++, shift -= 8) {
      bytes.put(at, (byte) (bytes.get(at) ^ (key >> shift)));
    }
  }
}
