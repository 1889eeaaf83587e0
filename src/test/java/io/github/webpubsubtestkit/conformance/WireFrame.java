package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One WebSocket frame as it stands on the wire (RFC 6455, 5.2).
 *
 * @param fin whether it is the last frame of its message
 * @param opcode what it is, see the constants
 * @param payload the payload, unmasked
 */
public record WireFrame(boolean fin, int opcode, byte[] payload) {

  /** Goes on with a fragmented message. */
  public static final int CONTINUATION = 0;

  /** Begins a text message. */
  public static final int TEXT = 1;

  /** Begins a binary message. */
  public static final int BINARY = 2;

  /** Begins or answers the closing handshake. */
  public static final int CLOSE = 8;

  /** Asks for a pong. */
  public static final int PING = 9;

  /** Answers a ping. */
  public static final int PONG = 10;

  /** A whole text message. */
  public static WireFrame text(String text) {
    return new WireFrame(true, TEXT, text.getBytes(UTF_8));
  }

  /** A whole binary message. */
  public static WireFrame binary(byte... payload) {
    return new WireFrame(true, BINARY, payload);
  }

  /** A close frame with code and reason. */
  public static WireFrame close(int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    return new WireFrame(
        true, CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  /** The payload as text; malformed UTF-8 is an error of the service. */
  public String text() {
    return utf8(payload, 0);
  }

  /** The status code of a close frame, or 1005 if it has none. */
  public int closeCode() {
    return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
  }

  /** The reason of a close frame, empty if it has none. */
  public String closeReason() {
    return payload.length < 2 ? "" : utf8(payload, 2);
  }

  /** The bytes of this frame as a client must send it: masked with a fresh key. */
  public byte[] masked() {
    int mask = ThreadLocalRandom.current().nextInt();
    byte[] body = payload.clone();
    for (int i = 0; i < body.length; i++) {
      body[i] ^= (byte) (mask >>> (24 - 8 * (i % 4)));
    }
    ByteBuffer frame = ByteBuffer.allocate(body.length + 14);
    putHead(frame, 0x80);
    frame.putInt(mask).put(body);
    return written(frame);
  }

  /** The bytes of this frame as a client must not send it. */
  public byte[] unmasked() {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
    putHead(frame, 0);
    frame.put(payload);
    return written(frame);
  }

  @Override
  public String toString() {
    String kind =
        switch (opcode) {
          case CONTINUATION -> "continuation";
          case TEXT -> "text";
          case BINARY -> "binary";
          case CLOSE -> "close";
          case PING -> "ping";
          case PONG -> "pong";
          default -> "opcode " + opcode;
        };
    String content =
        switch (opcode) {
          case TEXT -> '"' + cut(new String(payload, UTF_8)) + '"';
          case CLOSE -> closeCode() + " \"" + closeReason() + '"';
          default -> cut(HexFormat.of().formatHex(payload));
        };
    return kind + (fin ? " " : " (no FIN) ") + content;
  }

  private static String cut(String text) {
    return text.length() <= 400 ? text : text.substring(0, 400) + "… (" + text.length() + ")";
  }

  private void putHead(ByteBuffer frame, int maskBit) {
    frame.put((byte) ((fin ? 0x80 : 0) | opcode));
    if (payload.length < 126) {
      frame.put((byte) (maskBit | payload.length));
    } else if (payload.length < 65536) {
      frame.put((byte) (maskBit | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (maskBit | 127)).putLong(payload.length);
    }
  }

  private static byte[] written(ByteBuffer frame) {
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  private static String utf8(byte[] bytes, int from) {
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, from, bytes.length - from);
      return UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("not valid UTF-8: " + HexFormat.of().formatHex(bytes), e);
    }
  }
}
