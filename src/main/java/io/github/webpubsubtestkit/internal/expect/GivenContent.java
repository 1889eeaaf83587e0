package io.github.webpubsubtestkit.internal.expect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.ProtobufValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A content given by a test: a text, a JSON value, bytes or a protobuf message. It can be sent, and
 * compared with received data; messages, requests and events are all compared here.
 */
public final class GivenContent {

  private final PayloadType type;
  private final Object value;
  private final boolean partial;
  private final @Nullable Form written; // null for an object of which nobody has made JSON yet
  private final Display display;

  private GivenContent(
      PayloadType type, Object value, @Nullable Form written, boolean partial, Display display) {
    this.partial = partial;
    this.type = type;
    this.value = value;
    this.written = written;
    this.display = display;
  }

  /** How it is sent, shown and compared. */
  private record Form(
      Payload payload,
      String shown,
      Function<byte[], String> readable,
      Predicate<byte[]> isSame,
      Function<byte[], Optional<Miss>> difference) {

    GivenContent of(Object value) {
      return new GivenContent(payload.type(), value, this, false, Display.AS_THEY_ARE);
    }
  }

  /** A text. */
  public static GivenContent text(String text) {
    requireNonNull(text, "text");
    return new Form(
            Payload.text(text),
            text,
            GivenContent::utf8,
            data -> utf8(data).equals(text),
            data -> Optional.of(Miss.ofText(text, utf8(data))))
        .of(text);
  }

  /**
   * A JSON value. Values are compared: 1 equals 1.0, and the order of keys is ignored.
   *
   * @param json a String is JSON text, anything else is written when it is known by which mapper
   * @throws IllegalArgumentException if the String is no JSON
   */
  public static GivenContent json(@Nullable Object json) {
    return json == null || json instanceof String
        ? json(JsonValue.of(json, ObjectMapping.ofClassPath()))
        : new GivenContent(PayloadType.JSON, json, null, false, Display.AS_THEY_ARE);
  }

  private static GivenContent json(JsonValue value) {
    return new Form(
            Payload.json(value.text()),
            value.text(),
            GivenContent::utf8,
            data -> JsonValue.ifValid(utf8(data)).filter(value::isSameAs).isPresent(),
            data -> Miss.ofJson(value, utf8(data)))
        .of(value.text());
  }

  private static String utf8(byte[] data) {
    return new String(data, UTF_8);
  }

  /**
   * A part of a JSON value, at every level; it can be compared, but not sent.
   *
   * @param json as for {@link #json(Object)}
   * @throws IllegalArgumentException if the String is no JSON, or has an unknown placeholder
   */
  public static GivenContent jsonContaining(Object json) {
    return json instanceof String
        ? jsonContaining(JsonValue.of(json, ObjectMapping.ofClassPath()))
        : new GivenContent(PayloadType.JSON, json, null, true, Display.AS_THEY_ARE);
  }

  private static GivenContent jsonContaining(JsonValue value) {
    value.checkPlaceholders();
    Form form =
        new Form(
            Payload.json(value.text()),
            value.text(),
            GivenContent::utf8,
            data -> JsonValue.ifValid(utf8(data)).filter(value::isPartOf).isPresent(),
            data -> Miss.ofPartOfJson(value, utf8(data)));
    return new GivenContent(PayloadType.JSON, value.text(), form, true, Display.AS_THEY_ARE);
  }

  /** Bytes; they are copied. */
  public static GivenContent binary(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new Form(
            Payload.binary(copy),
            Bytes.describe(copy),
            Bytes::describe,
            data -> Arrays.equals(copy, data),
            data -> Optional.of(Miss.ofBytes(copy, data)))
        .of(copy);
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
    return new Form(
            new Payload(PayloadType.PROTOBUF, value.any(), null),
            value.text(),
            value::textOf,
            value::isSameAs,
            data -> {
              String was = value.textOf(data);
              double closeness = Miss.ofText(value.text(), was).closeness();
              return Optional.of(new Miss(closeness, "is " + FailureText.content(was)));
            })
        .of(message);
  }

  /**
   * The content that another room created from these values.
   *
   * @param type its {@link PayloadType#wireName()}
   * @param value its {@link #value()}
   * @param partial its {@link #isPartial()}
   */
  public static GivenContent of(String type, Object value, boolean partial) {
    if (partial) {
      return jsonContaining(value);
    }
    return switch (PayloadType.ofWireName(type).orElseThrow()) {
      case TEXT -> text((String) value);
      case JSON -> json(value);
      case BINARY -> binary((byte[]) value);
      case PROTOBUF -> protobuf(value);
    };
  }

  /**
   * The same content, with an object written as JSON by the mapper, and shown as the contents of
   * that fake are.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  public GivenContent writtenBy(ObjectMapping mapping) {
    return asJson(mapping).shownBy(mapping.display());
  }

  private GivenContent asJson(ObjectMapping mapping) {
    if (written != null) {
      return this;
    }
    JsonValue json = JsonValue.of(value, mapping);
    return partial ? jsonContaining(json) : json(json);
  }

  /** The same content, shown like this. */
  public GivenContent shownBy(Display shown) {
    return shown == display ? this : new GivenContent(type, value, written, partial, shown);
  }

  /** An object that was given where no mapper is known is the class path's. */
  private Form form() {
    Form form = written == null ? writtenBy(ObjectMapping.ofClassPath()).written : written;
    return requireNonNull(form);
  }

  /** The kind of data. */
  public PayloadType type() {
    return type;
  }

  /**
   * The text, the JSON text or an object to be written as JSON, the bytes or the protobuf message;
   * nobody changes it.
   */
  public Object value() {
    return value;
  }

  /** Returns whether only a part of the content is given, so that it cannot be sent. */
  public boolean isPartial() {
    return partial;
  }

  /**
   * The message that has this content, without metadata.
   *
   * @throws IllegalArgumentException if only a part is given
   */
  public Payload payload() {
    if (partial) {
      throw new IllegalArgumentException(
          "jsonContaining(..) is a part of a JSON value, for assertions only; to send one use"
              + " json(..)");
    }
    return form().payload();
  }

  /** The whole content, as shown in a failure; a text without quotes. */
  public String shown() {
    return displayed(form().shown());
  }

  private String displayed(String content) {
    return type == PayloadType.BINARY ? content : display.of(content);
  }

  /** What it is, before its value: {@code JSON containing}. */
  public String noun() {
    if (type == PayloadType.JSON) {
      return partial ? "JSON containing" : "JSON";
    }
    return type.wireName();
  }

  /** The content within a sentence: cut if it is long, its secrets masked. */
  public String brief() {
    return switch (type) {
      case TEXT -> FailureText.quotedContent(shown());
      case BINARY -> shown();
      case JSON, PROTOBUF ->
          FailureText.content(written == null ? displayed(ObjectMapping.show(value)) : shown());
    };
  }

  /** The content for tools that compare it with another; without secrets. */
  public String comparable() {
    return Secrets.mask(shown());
  }

  /** Returns whether the data are the Base64 text of these bytes. */
  public boolean isBase64Of(byte[] data) {
    return value instanceof byte[] bytes && Arrays.equals(Base64.getEncoder().encode(bytes), data);
  }

  /** Returns whether this equals the data of a message with the same type. */
  public boolean isSameAs(byte[] data) {
    return form().isSame().test(data);
  }

  /**
   * The difference of other data of the same type; empty if unknown because they are not valid
   * JSON.
   */
  public Optional<Miss> difference(byte[] data) {
    Optional<Miss> miss = form().difference().apply(data);
    return display.changesContents() && type != PayloadType.BINARY
        ? miss.map(found -> new Miss(found.closeness(), shownDifferences(data)))
        : miss;
  }

  /** How the two differ as far as they are shown. */
  private List<String> shownDifferences(byte[] data) {
    String expected = shown();
    String actual = displayed(form().readable().apply(data));
    if (expected.equals(actual)) {
      return List.of("differs only in what display(..) of the timeline hides");
    }
    Optional<Miss> ofJson =
        type == PayloadType.JSON
            ? JsonValue.ifValid(expected)
                .flatMap(
                    value ->
                        partial ? Miss.ofPartOfJson(value, actual) : Miss.ofJson(value, actual))
            : Optional.empty();
    return ofJson.orElseGet(() -> Miss.ofText(expected, actual)).differences();
  }

  /** A readable description: {@code text "hi"}. */
  @Override
  public String toString() {
    return Secrets.mask(type == PayloadType.BINARY ? shown() : type.wireName() + " " + brief());
  }
}
