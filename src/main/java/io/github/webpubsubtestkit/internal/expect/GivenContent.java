package io.github.webpubsubtestkit.internal.expect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.ProtobufValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A content given by a test: a text, a JSON value, bytes or a protobuf message. It can be sent, and
 * compared with received data; messages, requests and events are all compared here.
 */
public final class GivenContent {

  private final Object value;
  private final Payload payload;
  private final String shown;
  private final Predicate<byte[]> isSame;
  private final Function<byte[], Optional<Miss>> difference;

  private GivenContent(
      Object value,
      Payload payload,
      String shown,
      Predicate<byte[]> isSame,
      Function<byte[], Optional<Miss>> difference) {
    this.value = value;
    this.payload = payload;
    this.shown = shown;
    this.isSame = isSame;
    this.difference = difference;
  }

  /** A text. */
  public static GivenContent text(String text) {
    requireNonNull(text, "text");
    return new GivenContent(
        text,
        Payload.text(text),
        FailureText.quote(text),
        data -> new String(data, UTF_8).equals(text),
        data -> Optional.of(Miss.ofText(text, new String(data, UTF_8))));
  }

  /**
   * A JSON value. Values are compared: 1 equals 1.0, and the order of keys is ignored.
   *
   * @param json a String is JSON text; any other value is serialized by Jackson
   * @throws IllegalArgumentException if the String is not valid JSON, or Jackson cannot serialize
   *     the object
   */
  public static GivenContent json(Object json) {
    JsonValue value = JsonValue.of(json);
    return new GivenContent(
        value.text(),
        Payload.json(value.text()),
        value.text(),
        data -> JsonValue.ifValid(new String(data, UTF_8)).filter(value::isSameAs).isPresent(),
        data -> Miss.ofJson(value, new String(data, UTF_8)));
  }

  /** Bytes; they are copied. */
  public static GivenContent binary(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new GivenContent(
        copy,
        Payload.binary(copy),
        Bytes.describe(copy),
        data -> Arrays.equals(copy, data),
        data -> Optional.of(Miss.ofBytes(copy, data)));
  }

  /**
   * A protobuf message. Type and value are compared, not the serialized bytes.
   *
   * @param message a {@code com.google.protobuf.Message}
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if protobuf-java is not on the class path
   */
  public static GivenContent protobuf(Object message) {
    ProtobufValue value = ProtobufValue.of(message);
    return new GivenContent(
        message,
        new Payload(PayloadType.PROTOBUF, value.any(), null),
        value.text(),
        value::isSameAs,
        data -> {
          String was = value.textOf(data);
          double closeness = Miss.ofText(value.text(), was).closeness();
          return Optional.of(new Miss(closeness, "is " + FailureText.content(was)));
        });
  }

  /**
   * The content that another room created from these values.
   *
   * @param type its {@link PayloadType#wireName()}
   * @param value its {@link #value()}
   */
  public static GivenContent of(String type, Object value) {
    return switch (PayloadType.ofWireName(type).orElseThrow()) {
      case TEXT -> text((String) value);
      case JSON -> json(value);
      case BINARY -> binary((byte[]) value);
      case PROTOBUF -> protobuf(value);
    };
  }

  /** The kind of data. */
  public PayloadType type() {
    return payload.type();
  }

  /** The text, the JSON text, the bytes or the protobuf message, which must not be modified. */
  public Object value() {
    return value;
  }

  /** The message that has this content, without metadata. */
  public Payload payload() {
    return payload;
  }

  /** The whole content, as shown in a failure. */
  public String shown() {
    return shown;
  }

  /** The content within a sentence: cut if it is long, its secrets masked. */
  public String brief() {
    return switch (type()) {
      case TEXT -> FailureText.quotedContent((String) value);
      case BINARY -> shown;
      case JSON, PROTOBUF -> FailureText.content(shown);
    };
  }

  /** Returns whether this equals the data of a message with the same type. */
  public boolean isSameAs(byte[] data) {
    return isSame.test(data);
  }

  /**
   * The difference of other data of the same type; empty if unknown because they are not valid
   * JSON.
   */
  public Optional<Miss> difference(byte[] data) {
    return difference.apply(data);
  }

  /** A readable description: {@code text "hi"}. */
  @Override
  public String toString() {
    return Secrets.mask(type() == PayloadType.BINARY ? shown : type().wireName() + " " + brief());
  }
}
