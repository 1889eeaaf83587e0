package io.github.webpubsubtestkit.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Messages to clients that no service should send, made of those that it would. */
public final class FaultyMessages {

  /** A field of length-delimited bytes that no message has: number 15. */
  private static final int UNKNOWN_FIELD = (15 << 3) | 2;

  private static final String TYPE = "\"type\":\"";

  private FaultyMessages() {}

  /** The message without its last byte. */
  public static EncodedMessage malformed(EncodedMessage message) {
    byte[] bytes = message.bytes();
    return new EncodedMessage(message.text(), Arrays.copyOf(bytes, Math.max(0, bytes.length - 1)));
  }

  /** A message of a type of the future, which holds this one. */
  public static EncodedMessage unknownType(EncodedMessage message, Subprotocol protocol) {
    if (protocol.isProtobuf()) {
      return new EncodedMessage(false, field(message.bytes()));
    }
    String json = new String(message.bytes(), StandardCharsets.UTF_8);
    String other = json.replaceFirst(TYPE, TYPE + "x-");
    return new EncodedMessage(message.text(), other.getBytes(StandardCharsets.UTF_8));
  }

  /** A text message as a binary one, and the other way round. */
  public static EncodedMessage wrongEncoding(EncodedMessage message) {
    return new EncodedMessage(!message.text(), message.bytes());
  }

  /** The message padded to a size, so that it says the same; unchanged if it is as large. */
  public static EncodedMessage oversize(EncodedMessage message, Subprotocol protocol, int size) {
    byte[] bytes = message.bytes();
    if (bytes.length >= size) {
      return message;
    }
    byte[] padded;
    if (protocol.isProtobuf()) {
      int missing = size - bytes.length;
      byte[] filling = new byte[Math.max(0, missing - (1 + varintLength(missing)))];
      byte[] field = field(filling);
      padded = Arrays.copyOf(bytes, bytes.length + field.length);
      System.arraycopy(field, 0, padded, bytes.length, field.length);
    } else {
      padded = Arrays.copyOf(bytes, size);
      Arrays.fill(padded, bytes.length, size, message.text() ? (byte) ' ' : 0);
    }
    return new EncodedMessage(message.text(), padded);
  }

  private static byte[] field(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(UNKNOWN_FIELD);
    int length = content.length;
    while (length >= 0x80) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.write(content, 0, content.length);
    return out.toByteArray();
  }

  private static int varintLength(int value) {
    int bytes = 1;
    for (int rest = value >>> 7; rest > 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }
}
