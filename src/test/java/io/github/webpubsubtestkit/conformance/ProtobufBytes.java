package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

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
