package io.github.webpubsubtestkit.internal.wire;

import java.io.IOException;
import java.util.Optional;

/**
 * A protobuf message given by a test author, whose class only protobuf-java knows. Its type and
 * value are compared, not its bytes.
 */
public final class ProtobufValue {

  private final Object message;
  private final byte[] any;

  private ProtobufValue(Object message) {
    this.message = message;
    this.any = ProtobufMessages.pack(message);
  }

  /**
   * Takes a message.
   *
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if protobuf-java is missing
   */
  public static ProtobufValue of(Object message) {
    requireLibrary();
    return new ProtobufValue(message);
  }

  /**
   * The message in a serialized {@code Any}; empty if it has another type.
   *
   * @throws IllegalArgumentException if the class is not a protobuf message class
   * @throws IllegalStateException if protobuf-java is missing
   */
  public static <T> Optional<T> unpack(byte[] any, Class<T> type) {
    requireLibrary();
    return ProtobufMessages.unpack(any, type);
  }

  /** The content of a serialized {@code Any}; empty if it cannot be read. */
  public static Optional<PackedMessage> look(byte[] any) {
    if (!Protobuf.isAvailable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ProtobufPayload.readAny(any));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void requireLibrary() {
    if (!Protobuf.isAvailable()) {
      throw new IllegalStateException("reading and writing protobuf messages " + Protobuf.MISSING);
    }
  }

  /** The message packed into a serialized {@code Any}. */
  public byte[] any() {
    return any;
  }

  /** Returns whether a serialized {@code Any} contains the same message. */
  public boolean isSameAs(byte[] other) {
    return ProtobufMessages.isSame(message, other);
  }

  /** {@code google.protobuf.StringValue { value: "hi" }}. */
  public String text() {
    return ProtobufMessages.text(message);
  }

  /** The text of a serialized {@code Any}; for a message of another type, its bytes. */
  public String textOf(byte[] other) {
    return ProtobufMessages.text(other, message);
  }
}
