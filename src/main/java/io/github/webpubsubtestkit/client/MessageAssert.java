package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.JsonPart;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.PackedMessage;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.ProtobufValue;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on one message. They never wait.
 *
 * <pre>{@code
 * assertThat(bob).receivesMessage().isFromGroup("room").isFromUser("alice").hasText("hi");
 * assertThat(bob).receivesMessage().extractingText().startsWith("order").endsWith("shipped");
 * }</pre>
 *
 * @since 0.1
 */
public class MessageAssert extends AbstractObjectAssert<MessageAssert, ReceivedMessage> {

  private final @Nullable FailureContext receiver;

  /**
   * Creates assertions on a message; tests use {@code assertThat(message)}.
   *
   * @param actual the message
   * @since 0.1
   */
  public MessageAssert(ReceivedMessage actual) {
    this(notNull(actual, "MessageAssert", "actual"), null);
  }

  MessageAssert(ReceivedMessage actual, @Nullable FailureContext receiver) {
    super(actual, MessageAssert.class);
    this.receiver = receiver;
  }

  /**
   * Verifies that the message was sent to this group.
   *
   * <pre>{@code
   * assertThat(bob).receivesText("hi").isFromGroup("room");   // passes
   * assertThat(bob).receivesText("hi").isFromGroup("Room");   // fails: case counts
   * }</pre>
   *
   * @param group the group
   * @return this assertion object
   * @throws AssertionError if it came from the server or another group
   * @throws IllegalStateException if a {@link SimpleClient} received it, as its messages lack this
   * @since 0.1
   */
  public MessageAssert isFromGroup(String group) {
    notNull(group, "isFromGroup", "group");
    checkOrigin("isFromGroup");
    if (!actual.group().equals(Optional.of(group))) {
      throw differs(
          "from group",
          FailureText.quote(group),
          actual.group().map(FailureText::quote).orElse("the server"));
    }
    return this;
  }

  /**
   * Verifies that the server sent the message to the connection, its user or all.
   *
   * <pre>{@code
   * assertThat(bob).receivesText("hello").isFromServer();   // passes after sendToUser("bob", …)
   * assertThat(bob).receivesText("hi").isFromServer();      // fails if it was sent to a group
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it was sent to a group
   * @throws IllegalStateException if a {@link SimpleClient} received it, as its messages lack this
   * @since 0.1
   */
  public MessageAssert isFromServer() {
    checkOrigin("isFromServer");
    if (!actual.isFromServer()) {
      throw differs(
          "from", "the server", "group " + actual.group().map(FailureText::quote).orElse(""));
    }
    return this;
  }

  /**
   * Verifies that a client of this user sent the message to a group.
   *
   * <pre>{@code
   * assertThat(bob).receivesText("hi").isFromUser("alice");   // passes
   * assertThat(bob).receivesText("hi").isFromUser("carol");   // fails
   * }</pre>
   *
   * @param userId the sender's user id
   * @return this assertion object
   * @throws AssertionError if it has another sender
   * @throws IllegalStateException if a {@link SimpleClient} received it, as its messages lack this
   * @since 0.1
   */
  public MessageAssert isFromUser(String userId) {
    notNull(userId, "isFromUser", "userId");
    checkOrigin("isFromUser");
    if (!actual.fromUserId().equals(Optional.of(userId))) {
      throw differs(
          "from user",
          FailureText.quote(userId),
          actual.fromUserId().map(FailureText::quote).orElse("no user"));
    }
    return this;
  }

  /**
   * Verifies that the message has no user id: it came from the server or a client without a user
   * id.
   *
   * <pre>{@code
   * assertThat(bob).receivesText("hello").hasNoUserId();   // passes if the server sent it
   * assertThat(bob).receivesText("hi").hasNoUserId();      // fails if alice sent it
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has one
   * @throws IllegalStateException if a {@link SimpleClient} received it, as its messages lack this
   * @since 0.1
   */
  public MessageAssert hasNoUserId() {
    checkOrigin("hasNoUserId");
    if (actual.fromUserId().isPresent()) {
      throw differs("from", "no user", actual.fromUserId().map(FailureText::quote).get());
    }
    return this;
  }

  /**
   * Verifies that this is a text message with this text.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasText("hi");   // passes
   * assertThat(bob).receivesMessage().hasText("ho");   // fails: differs from character 1 on
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if the text differs or it is not a text message
   * @since 0.1
   */
  public MessageAssert hasText(String text) {
    notNull(text, "hasText", "text");
    return has(GivenContent.text(text));
  }

  /**
   * Verifies that this is a JSON message with this value. Values are compared: 1 equals 1.0, and
   * the order of keys is ignored. A {@link SimpleClient}'s text frame counts if it contains JSON.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasJson("{\"id\": 42}");     // passes
   * assertThat(bob).receivesMessage().hasJson(Map.of("id", 43));   // fails: $.id: expected 43 …
   * }</pre>
   *
   * @param json a String is taken as JSON text, anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if it is another value or no JSON
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @since 0.1
   */
  public MessageAssert hasJson(Object json) {
    notNull(json, "hasJson", "json");
    return has(GivenContent.json(json));
  }

  /**
   * Verifies that its JSON holds at least this value, at every level: objects may have further
   * members, and arrays further elements. Strings such as {@code "${any-string}"} are placeholders,
   * see {@link Content#jsonContaining}.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasJsonContaining(Map.of("type", "bid"));   // passes
   * assertThat(bob).receivesMessage().hasJsonContaining("{\"id\":\"${any-number}\"}");   // fails: no id
   * }</pre>
   *
   * @param json a String is JSON text, anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if something is missing or differs; names its path
   * @throws IllegalArgumentException if the String is no JSON, the object cannot be written, or a
   *     placeholder is unknown
   * @since 0.1
   */
  public MessageAssert hasJsonContaining(Object json) {
    notNull(json, "hasJsonContaining", "json");
    return has(GivenContent.jsonContaining(json));
  }

  /**
   * Verifies one value inside its JSON, by its path.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasJsonAt("/items/0/price", 31.99);   // passes
   * assertThat(bob).receivesMessage().hasJsonAt("/state", "open");   // fails: "closed"
   * }</pre>
   *
   * @param pointer a JSON pointer (RFC 6901)
   * @param value the value; a String is a JSON string here, null is JSON null, anything else is
   *     written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if there is another value or none, or it is not JSON
   * @throws IllegalArgumentException if the pointer is invalid, or the value cannot be written
   * @since 0.1
   */
  public MessageAssert hasJsonAt(String pointer, @Nullable Object value) {
    notNull(pointer, "hasJsonAt", "pointer");
    JsonPart part = JsonPart.at(pointer, jsonText());
    Optional<String> difference = part.difference(value, actual.mapping());
    if (difference.isPresent()) {
      throw differsBy(JsonPart.phrase(pointer, value), difference.get());
    }
    return this;
  }

  private AssertionError differsBy(String phrase, String difference) {
    Headline headline =
        Headline.of("expected a message ").value(phrase).words(" but it ").telling(difference);
    return failure(
        "%s",
        finished(
            FailureText.of(party(), headline)
                .factIfShortened("expected", phrase)
                .factIfShortened("but it", difference)));
  }

  private String jsonText() {
    if (!actual.mayBeJson()) {
      throw differs("of type", "json", actual.dataType().wireName());
    }
    return actual.json();
  }

  /**
   * Verifies that this is a binary message with these bytes.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasBinary(new byte[] {1, 2});   // passes
   * assertThat(bob).receivesMessage().hasBinary(new byte[] {1, 3});   // fails: … byte 1 on
   * }</pre>
   *
   * @param bytes the whole content
   * @return this assertion object
   * @throws AssertionError if the bytes differ or it is not a binary message
   * @since 0.1
   */
  public MessageAssert hasBinary(byte[] bytes) {
    notNull(bytes, "hasBinary", "bytes");
    return has(GivenContent.binary(bytes));
  }

  /**
   * Verifies that this is a protobuf message that carries this one in its {@code
   * google.protobuf.Any}. Type and value are compared, not the serialized bytes.
   *
   * <pre>{@code
   * alice.sendProtobufToGroup("room", StringValue.of("hi"));
   * assertThat(bob).receivesMessage().hasProtobuf(StringValue.of("hi"));   // passes
   * assertThat(bob).receivesMessage().hasProtobuf(StringValue.of("ho"));   // fails, shows both
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is compared as such
   * @return this assertion object
   * @throws AssertionError if it carries another message or is not a protobuf message
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public MessageAssert hasProtobuf(Object message) {
    notNull(message, "hasProtobuf", "message");
    return has(GivenContent.protobuf(message));
  }

  /**
   * Verifies the data type and the content.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasContent(json("[1]"));   // passes with [1.0]
   * assertThat(bob).receivesMessage().hasContent(text("[1]"));   // fails: it is json, not text
   * }</pre>
   *
   * @param content the whole content
   * @return this assertion object
   * @throws AssertionError if the content or its type differs
   * @since 0.1
   */
  public MessageAssert hasContent(Content content) {
    notNull(content, "hasContent", "content");
    return has(content.given());
  }

  /**
   * Verifies the data type of the message. A {@link SimpleClient} cannot distinguish JSON from
   * text: its JSON messages are text.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().hasDataType(DataType.JSON);   // passes with {"id":42}
   * assertThat(bob).receivesMessage().hasDataType(DataType.TEXT);   // fails with {"id":42}
   * }</pre>
   *
   * @param dataType the type
   * @return this assertion object
   * @throws AssertionError if the type differs
   * @since 0.1
   */
  public MessageAssert hasDataType(DataType dataType) {
    notNull(dataType, "hasDataType", "dataType");
    if (actual.dataType() != dataType) {
      throw differs("of type", dataType.wireName(), actual.dataType().wireName());
    }
    return this;
  }

  /**
   * Verifies that the message has this metadata entry, possibly among others.
   *
   * <pre>{@code
   * alice.sendToGroup("room", text("hi"), options().metadata("lang", "en"));
   * assertThat(bob).receivesMessage().hasMetadata("lang", "en");   // passes
   * assertThat(bob).receivesMessage().hasMetadata("lang", "de");   // fails
   * }</pre>
   *
   * @param key the key
   * @param value the value
   * @return this assertion object
   * @throws AssertionError if the key is missing or has another value
   * @throws IllegalStateException if a {@link SimpleClient} received it, as its messages lack this
   * @since 0.1
   */
  public MessageAssert hasMetadata(String key, String value) {
    notNull(key, "hasMetadata", "key");
    notNull(value, "hasMetadata", "value");
    checkOrigin("hasMetadata");
    if (!value.equals(actual.metadata().get(key))) {
      throw differs(
          "with metadata",
          actual.display().of(key + "=" + value),
          actual.metadata().isEmpty() ? "none" : shownMetadata());
    }
    return this;
  }

  /**
   * Verifies that the message has no metadata.
   *
   * <pre>{@code
   * alice.sendToGroup("room", "hi");
   * assertThat(bob).receivesMessage().hasNoMetadata();   // passes
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has any
   * @throws IllegalStateException if a {@link SimpleClient} received it, as its messages lack this
   * @since 0.1
   */
  public MessageAssert hasNoMetadata() {
    checkOrigin("hasNoMetadata");
    if (!actual.metadata().isEmpty()) {
      throw differs("with", "no metadata", shownMetadata());
    }
    return this;
  }

  /**
   * Returns AssertJ's assertions on the text.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().extractingText().startsWith("order");   // passes
   * assertThat(bob).receivesMessage().extractingText().isEmpty();             // fails
   * }</pre>
   *
   * @return assertions on the text
   * @throws AssertionError if this is not a text message
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingText() {
    if (actual.dataType() != DataType.TEXT) {
      throw differs("of type", "text", actual.dataType().wireName());
    }
    return Assertions.assertThat(actual.text()).as(described("text"));
  }

  /**
   * Returns AssertJ's assertions on the JSON text. It also serves JSON libraries with their own
   * assertions: {@code extractingJson().asInstanceOf(JSON)}.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().extractingJson().contains("\"id\"");   // passes
   * assertThat(bob).receivesMessage().extractingJson().isEmpty();            // fails
   * }</pre>
   *
   * @return assertions on the JSON text, exactly as it was sent
   * @throws AssertionError if this is not a JSON message
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingJson() {
    if (!actual.mayBeJson()) {
      throw differs("of type", "json", actual.dataType().wireName());
    }
    return Assertions.assertThat(actual.json()).as(described("JSON"));
  }

  /**
   * Returns AssertJ's assertions on the object that its JSON stands for.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().extractingJson(Bid.class).isEqualTo(new Bid(7));   // passes
   * assertThat(bob).receivesText("hi").extractingJson(Bid.class);   // fails: is text
   * }</pre>
   *
   * @param <T> the type of the object
   * @param type its class, which the application's mapper reads
   * @return an assertion on the object
   * @throws AssertionError if this is not a JSON message
   * @throws IllegalArgumentException if the JSON cannot be read as that
   * @since 0.1
   */
  public <T> ObjectAssert<T> extractingJson(Class<T> type) {
    notNull(type, "extractingJson", "type");
    String json = jsonText();
    try {
      return Assertions.assertThat(actual.mapping().read(json, type)).as(described("JSON"));
    } catch (IllegalArgumentException e) {
      throw (AssertionError)
          differsBy(JsonPart.readableAs(type), JsonPart.unreadable(e)).initCause(e);
    }
  }

  /**
   * Returns AssertJ's assertions on one value inside its JSON.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().extractingJsonAt("/amount").isEqualTo(7);   // passes
   * assertThat(bob).receivesMessage().extractingJsonAt("/amount").isNull();       // fails
   * }</pre>
   *
   * @param pointer a JSON pointer (RFC 6901)
   * @return an assertion on the value: a Map, List, String, Boolean, number or null
   * @throws AssertionError if this is not a JSON message, or there is no such value
   * @throws IllegalArgumentException if the pointer is invalid
   * @since 0.1
   */
  public ObjectAssert<Object> extractingJsonAt(String pointer) {
    notNull(pointer, "extractingJsonAt", "pointer");
    JsonPart part = JsonPart.at(pointer, jsonText());
    if (!part.exists()) {
      throw differsBy("with a JSON value at " + FailureText.quotedContent(pointer), part.missing());
    }
    return Assertions.assertThat(part.value()).as(described("JSON at " + pointer));
  }

  /**
   * Returns AssertJ's assertions on the bytes.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().extractingBinary().hasSize(2);   // passes with 01 02
   * assertThat(bob).receivesMessage().extractingBinary().isEmpty();    // fails with 01 02
   * }</pre>
   *
   * @return assertions on the bytes
   * @throws AssertionError if this is not a binary message
   * @since 0.1
   */
  public AbstractByteArrayAssert<?> extractingBinary() {
    if (!actual.isBytes()) {
      throw differs("of type", "binary", actual.dataType().wireName());
    }
    return Assertions.assertThat(actual.binary()).as(described("bytes"));
  }

  /**
   * Returns AssertJ's assertions on the protobuf message.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage()
   *     .extractingProtobuf(Order.class).extracting(Order::getId).isEqualTo(42);   // passes
   * assertThat(bob).receivesMessage().extractingProtobuf(Invoice.class);           // fails
   * }</pre>
   *
   * @param <T> the type of the message
   * @param messageType the generated class, or {@code com.google.protobuf.Any} for the Any itself
   * @return assertions on the message
   * @throws AssertionError if this is not a protobuf message or carries one of another type
   * @throws IllegalArgumentException if the class is not a protobuf message class
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public <T> ObjectAssert<T> extractingProtobuf(Class<T> messageType) {
    notNull(messageType, "extractingProtobuf", "messageType");
    if (!actual.isProtobuf()) {
      throw differs("of type", "protobuf", actual.dataType().wireName());
    }
    Optional<T> message = ProtobufValue.unpack(actual.data(), messageType);
    if (message.isEmpty()) {
      throw differs(
          "of protobuf type",
          messageType.getName(),
          ProtobufValue.look(actual.data()).map(PackedMessage::typeUrl).orElse("no message"));
    }
    return Assertions.assertThat(message.get()).as(described("protobuf message"));
  }

  private String shownMetadata() {
    return actual.display().of(actual.metadata().toString());
  }

  private String described(String part) {
    String own =
        receiver == null
            ? part + " of a message"
            : part + " of a message that " + receiver.name() + " received";
    return FailureText.described(descriptionText(), own);
  }

  private MessageAssert has(GivenContent given) {
    GivenContent wanted = given.writtenBy(actual.mapping());
    MessageCondition condition = MessageCondition.content(wanted);
    if (condition.matches(actual)) {
      return this;
    }
    Headline headline =
        Headline.of("expected a message with ")
            .add(condition.what(actual.display()))
            .words(" but was ");
    String was =
        wanted.type() == PayloadType.PROTOBUF && actual.isProtobuf()
            ? "protobuf "
                + actual.display().of(ProtobufValue.of(wanted.value()).textOf(actual.data()))
            : actual.describeContent();
    FailureText text = FailureText.of(party(), headline.value(was));
    if (text.isShortened()) {
      text.fact("expected", wanted.brief()).fact("but was", FailureText.content(was));
    }
    condition
        .miss(actual)
        .filter(miss -> !miss.onlyStatesValues())
        .ifPresent(miss -> text.fact("namely", miss.differences()));
    throw failureWithActualExpected(
        actual.isBytes() ? Secrets.mask(was) : actual.comparable(),
        wanted.comparable(),
        "%s",
        finished(text));
  }

  private AssertionError differs(String what, String expected, String was) {
    FailureText text = FailureText.differs(party(), "expected a message " + what, expected, was);
    return failureWithActualExpected(
        Secrets.mask(was), Secrets.mask(expected), "%s", finished(text));
  }

  private String party() {
    return receiver == null ? "message" : receiver.name();
  }

  private String finished(FailureText text) {
    text.arrivals("message", "this one", List.of(actual.arrival(List.of(), true)));
    return receiver == null ? text.text() : receiver.withState(text).text();
  }

  private void checkOrigin(String method) {
    if (actual.isOfSimpleClient()) {
      throw new IllegalStateException(
          method
              + " cannot be asked of a message that a SimpleClient received: it holds the bare"
              + " content. Receive it with a PubSubClient instead");
    }
  }
}
