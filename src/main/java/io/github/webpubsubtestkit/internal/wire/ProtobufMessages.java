package io.github.webpubsubtestkit.internal.wire;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.Optional;

/** The operations of {@link ProtobufValue} on protobuf-java's messages. */
final class ProtobufMessages {

  private ProtobufMessages() {}

  static byte[] pack(Object message) {
    if (message instanceof Any any) {
      return any.toByteArray();
    }
    if (message instanceof Message each) {
      return Any.pack(each).toByteArray();
    }
    throw new IllegalArgumentException(
        "a protobuf message must be a com.google.protobuf.Message (an Any is sent as it is) but is a "
            + message.getClass().getName());
  }

  static <T> Optional<T> unpack(byte[] any, Class<T> type) {
    if (!Message.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "a protobuf message is read as a class that implements com.google.protobuf.Message, but "
              + type.getName()
              + " does not");
    }
    Class<? extends Message> messageType = type.asSubclass(Message.class);
    try {
      Any read = Any.parseFrom(any);
      if (type == Any.class) {
        return Optional.of(type.cast(read));
      }
      return read.is(messageType)
          ? Optional.of(type.cast(read.unpack(messageType)))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) { // the value is not what the type promises
      return Optional.empty();
    }
  }

  /** Returns whether both have the same type and value, regardless of their serialization. */
  static boolean isSame(Object expected, byte[] any) {
    try {
      Any actual = Any.parseFrom(any);
      if (expected instanceof Any other) {
        return typeName(other.getTypeUrl()).equals(typeName(actual.getTypeUrl()))
            && other.getValue().equals(actual.getValue());
      }
      Message message = (Message) expected;
      return isOfType(message, actual)
          && message.equals(message.getParserForType().parseFrom(actual.getValue()));
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  static String text(Object message) {
    if (message instanceof Any any) {
      return text(any.getTypeUrl(), TextFormat.escapeBytes(any.getValue()));
    }
    Message each = (Message) message;
    return text(each.getDescriptorForType().getFullName(), fields(each));
  }

  /** The text of an {@code Any}, with its value parsed as the expected type if it has that type. */
  static String text(byte[] any, Object expected) {
    try {
      Any actual = Any.parseFrom(any);
      if (expected instanceof Message message && isOfType(message, actual)) {
        Message read = message.getParserForType().parseFrom(actual.getValue());
        return text(typeName(actual.getTypeUrl()), fields(read));
      }
      return text(actual);
    } catch (InvalidProtocolBufferException e) {
      return "what is no message of its type";
    }
  }

  private static String text(String type, String content) {
    return type + " { " + content + (content.isEmpty() ? "}" : " }");
  }

  /** In one line; line ends in strings are escaped, so those that are there separate fields. */
  private static String fields(Message message) {
    return TextFormat.printer().printToString(message).strip().replaceAll("\\s*\\n\\s*", " ");
  }

  private static boolean isOfType(Message message, Any any) {
    return typeName(any.getTypeUrl()).equals(message.getDescriptorForType().getFullName());
  }

  private static String typeName(String typeUrl) {
    return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
  }
}
