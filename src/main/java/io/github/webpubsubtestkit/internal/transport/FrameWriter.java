package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Converts frames to bytes. Clients mask their frames, servers do not (RFC 6455, section 5.1). */
final class FrameWriter {

  /** The last frame of a message, and of its kinds those of RFC 6455, section 5.2. */
  private static final int FIN = 0x80;

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final byte[] NOTHING = {};

  private FrameWriter() {}

  static ByteBuffer unmasked(boolean text, byte[] payload) {
    return frame(false, text ? TEXT : BINARY, payload);
  }

  static ByteBuffer masked(boolean text, byte[] payload) {
    return frame(true, text ? TEXT : BINARY, payload);
  }

  /** One message in several consecutive frames in one buffer. */
  static ByteBuffer fragments(boolean client, boolean text, byte[] payload, int maxFrameBytes) {
    int size = 0;
    for (int from = 0; from < payload.length; from += maxFrameBytes) {
      size += size(client, Math.min(maxFrameBytes, payload.length - from));
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (int from = 0; from < payload.length; from += maxFrameBytes) {
      int length = Math.min(maxFrameBytes, payload.length - from);
      int opcode = from > 0 ? CONTINUATION : text ? TEXT : BINARY;
      int fin = from + length == payload.length ? FIN : 0;
      put(all, client, fin | opcode, payload, from, length);
    }
    return all.flip();
  }

  static ByteBuffer ping(boolean client, byte[] payload) {
    return frame(client, PING, payload);
  }

  static ByteBuffer pong(boolean client, byte[] payload) {
    return frame(client, PONG, payload);
  }

  /** A close frame; code 1005 gives one without a payload. */
  static ByteBuffer close(boolean client, int code, String reason) {
    if (code == CloseCodes.NONE) {
      return frame(client, CLOSE, NOTHING);
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return frame(client, CLOSE, payload);
  }

  private static ByteBuffer frame(boolean client, int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(size(client, payload.length));
    put(frame, client, FIN | opcode, payload, 0, payload.length);
    return frame.flip();
  }

  private static int size(boolean client, int length) {
    int lengthBytes = length < 126 ? 0 : length <= 0xffff ? 2 : 8;
    return 2 + lengthBytes + (client ? MASK_BYTES : 0) + length;
  }

  private static void put(
      ByteBuffer out, boolean client, int first, byte[] payload, int from, int length) {
    int mask = client ? MASKED : 0;
    out.put((byte) first);
    if (length < 126) {
      out.put((byte) (mask | length));
    } else if (length <= 0xffff) {
      out.put((byte) (mask | 126)).putShort((short) length);
    } else {
      out.put((byte) (mask | 127)).putLong(length);
    }
    if (client) {
      int key = ThreadLocalRandom.current().nextInt();
      out.putInt(key);
      mask(payload, from, length, key, out.array(), out.arrayOffset() + out.position());
      out.position(out.position() + length);
    } else {
      out.put(payload, from, length);
    }
  }

  /** Copies a payload with or without its mask to the other: the two ways are the same. */
  static void mask(byte[] source, int from, int length, int key, byte[] target, int to) {
    for (int i = 0; i < length; i++) {
      target[to + i] = (byte) (source[from + i] ^ (key >> (24 - 8 * (i & 3))));
    }
  }
}
