package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Protobuf messages put together by hand, field by field. */
public final class ProtobufBytes {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private ProtobufBytes() {}

  /** No field yet. */
  public static ProtobufBytes message() {
    return new ProtobufBytes();
  }

  /** {@code 4A 00}. */
  public static byte[] hex(String hex) {
    return HEX.parseHex(hex);
  }

  /** As {@link #hex(String)} reads it. */
  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /** The strings, bytes and messages in a message, by field number; it must hold nothing else. */
  public static Map<Integer, byte[]> fields(byte[] message) {
    Map<Integer, byte[]> fields = new HashMap<>();
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      int tag = number(in);
      assertThat(tag & 7).as("wire type in %s", hex(message)).isEqualTo(2);
      byte[] value = new byte[number(in)];
      in.get(value);
      fields.put(tag >> 3, value);
    }
    return fields;
  }

  private static int number(ByteBuffer in) {
    int number = 0;
    int shift = 0;
    byte next = in.get();
    for (; next < 0; next = in.get()) {
      number |= (next & 0x7f) << shift;
      shift += 7;
    }
    return number | next << shift;
  }

  public ProtobufBytes string(int field, String value) {
    return bytes(field, value.getBytes(UTF_8));
  }

  public ProtobufBytes bytes(int field, byte... value) {
    varint((long) field << 3 | 2);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  public ProtobufBytes message(int field, ProtobufBytes value) {
    return bytes(field, value.toBytes());
  }

  public ProtobufBytes number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
