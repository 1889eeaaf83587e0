package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.wire.Payload;

/**
 * The content of a message: a text, a JSON value, bytes or a protobuf message. Clients and the fake
 * send it, and assertions compare received messages with it. Its factory methods are designed for
 * static import; a plain text does not need a {@code Content}.
 *
 * <pre>{@code
 * alice.sendToGroup("room", json(Map.of("id", 42)), options().noEcho());
 * assertThat(bob).receivesMessage(json("{\"id\": 42}"));
 * }</pre>
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Content {

  private final GivenContent given;

  private Content(GivenContent given) {
    this.given = given;
  }

  /**
   * Creates a text.
   *
   * @param text the whole text
   * @return the content
   * @since 0.1
   */
  public static Content text(String text) {
    notNull(text, "text", "text");
    return new Content(GivenContent.text(text));
  }

  /**
   * Creates a JSON value. It is sent as written, and compared by value: 1 equals 1.0, and the order
   * of keys is ignored.
   *
   * @param json a String is taken as JSON text, anything else is written by the mapper of the fake
   *     that it is used with
   * @return the content
   * @throws IllegalArgumentException if the String is no JSON; whoever uses a content whose object
   *     cannot be written throws it, too
   * @since 0.1
   */
  public static Content json(Object json) {
    notNull(json, "json", "json");
    return new Content(GivenContent.json(json));
  }

  /**
   * Creates a part of a JSON value, for assertions: what is compared with it must hold at least
   * this value, at every level. Objects may have further members; arrays may have further elements,
   * but those given must be there in this order.
   *
   * <p>Strings of this form are placeholders for values that a test does not know: {@code
   * "${any}"}, {@code "${any-string}"}, {@code "${any-number}"}, {@code "${any-boolean}"}, {@code
   * "${any-uuid}"}, {@code "${any-time}"} (ISO 8601 with an offset), {@code "${regex}[a-z]+"};
   * {@code "${json-unit.any-string}"} and so on mean the same.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage(jsonContaining("{'id':'${any-uuid}','type':'bid'}".replace('\'', '"')));
   * }</pre>
   *
   * @param json a String is taken as JSON text, anything else is written by the mapper of the fake
   *     that it is used with
   * @return the content, which cannot be sent: sending it throws an {@code
   *     IllegalArgumentException}
   * @throws IllegalArgumentException if the String is no JSON, or a placeholder is unknown
   * @since 0.1
   */
  public static Content jsonContaining(Object json) {
    notNull(json, "jsonContaining", "json");
    return new Content(GivenContent.jsonContaining(json));
  }

  /**
   * Creates binary content.
   *
   * @param bytes all bytes; they are copied
   * @return the content
   * @since 0.1
   */
  public static Content binary(byte[] bytes) {
    notNull(bytes, "binary", "bytes");
    return new Content(GivenContent.binary(bytes));
  }

  /**
   * Creates a protobuf message, packed into a {@code google.protobuf.Any} when it is sent. It is
   * compared by type and value, not by its serialized bytes. Only clients with a protobuf
   * subprotocol can send it.
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is used as such
   * @return the content
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public static Content protobuf(Object message) {
    notNull(message, "protobuf", "message");
    return new Content(GivenContent.protobuf(message));
  }

  /**
   * Returns the type of the data.
   *
   * @return text, JSON, binary or protobuf
   * @since 0.1
   */
  public DataType dataType() {
    return DataType.of(given.type());
  }

  /**
   * Returns the content itself.
   *
   * @return the text, the JSON text or the object to be written as JSON, a copy of the bytes, or
   *     the protobuf message
   * @since 0.1
   */
  public Object value() {
    return given.value() instanceof byte[] bytes ? bytes.clone() : given.value();
  }

  /**
   * Returns whether it is only a part of what it is compared with.
   *
   * @return true if {@link #jsonContaining} created it
   * @since 0.1
   */
  public boolean isPartial() {
    return given.isPartial();
  }

  GivenContent given() {
    return given;
  }

  Payload payload(ObjectMapping mapping) {
    return given.writtenBy(mapping).payload();
  }

  /** Returns the type and the content, cut if it is long; secrets are masked. */
  @Override
  public String toString() {
    return given.toString();
  }
}
