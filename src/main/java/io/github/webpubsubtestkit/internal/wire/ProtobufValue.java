package io.github.webpubsubtestkit.internal.wire;

import java.io.IOException;
import java.util.Optional;

/**
 * A protobuf message that a test author hands in; which class it has, only protobuf-java knows.
 * What is compared is its type and its value, not its bytes.
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
   * @throws IllegalArgumentException if the object is no protobuf message
   * @throws IllegalStateException if protobuf-java is not there
   */
  public static ProtobufValue of(Object message) {
    requireLibrary();
    return new ProtobufValue(message);
  }

  /**
   * The message in a serialized {@code Any}; empty if another one is in it.
   *
   * @throws IllegalArgumentException if the class is none of a message
   * @throws IllegalStateException if protobuf-java is not there
   */
  public static <T> Optional<T> unpack(byte[] any, Class<T> type) {
    requireLibrary();
    return ProtobufMessages.unpack(any, type);
  }

  /** What is in a serialized {@code Any}; empty if it cannot be read. */
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

  /** Returns whether a serialized {@code Any} holds the same message. */
  public boolean isSameAs(byte[] other) {
    return ProtobufMessages.isSame(message, other);
  }

  /** {@code google.protobuf.StringValue { value: "hi" }}. */
  public String text() {
    return ProtobufMessages.text(message);
  }

  /** The same of a serialized {@code Any}; a message of another type shows its bytes. */
  public String textOf(byte[] other) {
    return ProtobufMessages.text(other, message);
  }
}
