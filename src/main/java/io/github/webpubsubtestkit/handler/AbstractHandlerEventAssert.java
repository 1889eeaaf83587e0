package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.JsonPart;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.util.Optional;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on an event, whoever it belongs to: the one that an {@link EventHandlerStub} received,
 * and the one that the service sent. They never wait.
 *
 * @param <SELF> the type of the assertions
 * @param <ACTUAL> what has the event, or is it
 * @since 0.1
 */
public abstract class AbstractHandlerEventAssert<
        SELF extends AbstractHandlerEventAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractObjectAssert<SELF, ACTUAL> {

  /**
   * Creates assertions on an event.
   *
   * @param actual what has the event, or is it
   * @param selfType the class of the assertions
   * @since 0.1
   */
  protected AbstractHandlerEventAssert(ACTUAL actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Returns the event.
   *
   * @return the event that the assertions are on
   * @since 0.1
   */
  protected abstract HandlerEvent event();

  /**
   * Verifies the name.
   *
   * <pre>{@code
   * assertThat(event).hasName("shout");   // passes
   * assertThat(event).hasName("Shout");   // fails: case counts
   * }</pre>
   *
   * @param name the name
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public SELF hasName(String name) {
    notNull(name, "hasName", "name");
    return is("with name", FailureText.quote(name), FailureText.quote(event().name()));
  }

  /**
   * Verifies the user of the connection.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").isFromUser("alice");   // passes
   * assertThat(handler).receivesEvent("shout").isFromUser("bob");     // fails
   * }</pre>
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if it differs or there is none
   * @since 0.1
   */
  public SELF isFromUser(String userId) {
    notNull(userId, "isFromUser", "userId");
    return is(
        "from this user",
        FailureText.quote(userId),
        shown(event().userId(), "a client without one"));
  }

  /**
   * Verifies that the connection has no user.
   *
   * <pre>{@code
   * assertThat(event).hasNoUserId();   // passes for a client that is anonymous
   * assertThat(event).hasNoUserId();   // fails for alice's
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has one
   * @since 0.1
   */
  public SELF hasNoUserId() {
    return is("without a user", "none", shown(event().userId(), "none"));
  }

  /**
   * Verifies the connection of the event.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").isFromConnection(alice.connectionId());   // passes
   * assertThat(handler).receivesEvent("shout").isFromConnection(bob.connectionId());     // fails
   * }</pre>
   *
   * @param connectionId the id
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public SELF isFromConnection(String connectionId) {
    notNull(connectionId, "isFromConnection", "connectionId");
    return is(
        "from this connection",
        FailureText.quote(connectionId),
        FailureText.quote(event().connectionId()));
  }

  /**
   * Verifies the text that the client sent.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").hasText("hi");   // passes
   * assertThat(handler).receivesEvent("shout").hasText("ho");   // fails: differs from character 1 on
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if the text differs or the event carries no text
   * @since 0.1
   */
  public SELF hasText(String text) {
    notNull(text, "hasText", "text");
    return has(GivenContent.text(text));
  }

  /**
   * Verifies the JSON that the client sent, compared by value: the order of keys is ignored.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("order").hasJson(Map.of("id", 7));      // passes
   * assertThat(handler).receivesEvent("order").hasJson("{\"id\": 8}");        // fails, names the path
   * }</pre>
   *
   * @param json a String is JSON text, anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if it is another value or no JSON
   * @throws IllegalArgumentException if the String is no JSON, or the object cannot be written
   * @since 0.1
   */
  public SELF hasJson(Object json) {
    notNull(json, "hasJson", "json");
    return has(GivenContent.json(json));
  }

  /**
   * Verifies that the JSON that the client sent holds at least this value, at every level: objects
   * may have further members, and arrays further elements. Strings such as {@code "${any-string}"}
   * are placeholders, see {@link Content#jsonContaining}.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("order").hasJsonContaining(Map.of("id", 7));   // passes
   * assertThat(handler).receivesEvent("order").hasJsonContaining(Map.of("id", 8));   // fails
   * }</pre>
   *
   * @param json a String is JSON text, anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if something is missing or differs; names its path
   * @throws IllegalArgumentException if the String is no JSON, the object cannot be written, or a
   *     placeholder is unknown
   * @since 0.1
   */
  public SELF hasJsonContaining(Object json) {
    notNull(json, "hasJsonContaining", "json");
    return has(GivenContent.jsonContaining(json));
  }

  /**
   * Verifies one value inside the JSON that the client sent, by its path.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("order").hasJsonAt("/items/0/price", 31.99);   // passes
   * assertThat(handler).receivesEvent("order").hasJsonAt("/state", "open");   // fails: "closed"
   * }</pre>
   *
   * @param pointer a JSON pointer (RFC 6901)
   * @param value the value; a String is a JSON string here, null is JSON null, anything else is
   *     written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if there is another value or none
   * @throws IllegalArgumentException if the pointer is invalid, or the value cannot be written
   * @since 0.1
   */
  public SELF hasJsonAt(String pointer, @Nullable Object value) {
    notNull(pointer, "hasJsonAt", "pointer");
    String phrase = JsonPart.phrase(pointer, value);
    UserEvent event = carrying(PayloadType.JSON, phrase);
    Optional<String> difference =
        JsonPart.at(pointer, event.text()).difference(value, event.mapping());
    if (difference.isPresent()) {
      throw unmet(phrase, difference.get());
    }
    return myself;
  }

  /**
   * Verifies the bytes that the client sent.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("upload").hasBinary(new byte[] {1, 2});   // passes
   * assertThat(handler).receivesEvent("upload").hasBinary(new byte[] {1});      // fails
   * }</pre>
   *
   * @param bytes all bytes
   * @return this assertion object
   * @throws AssertionError if the bytes differ or the event carries no binary data
   * @since 0.1
   */
  public SELF hasBinary(byte[] bytes) {
    notNull(bytes, "hasBinary", "bytes");
    return has(GivenContent.binary(bytes));
  }

  /**
   * Verifies the protobuf message that the client sent, by type and value.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("order").hasProtobuf(StringValue.of("hi"));   // passes
   * assertThat(handler).receivesEvent("order").hasProtobuf(StringValue.of("ho"));   // fails
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is compared as such
   * @return this assertion object
   * @throws AssertionError if the message differs or the event carries no protobuf message
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public SELF hasProtobuf(Object message) {
    notNull(message, "hasProtobuf", "message");
    return has(GivenContent.protobuf(message));
  }

  /**
   * Verifies the type and content of the data that the client sent.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("order").hasContent(json("[1]"));   // passes with [1.0]
   * assertThat(handler).receivesEvent("order").hasContent(text("[1]"));   // fails: carries json
   * }</pre>
   *
   * @param content the whole content
   * @return this assertion object
   * @throws AssertionError if the content or its type differs
   * @since 0.1
   */
  public SELF hasContent(Content content) {
    notNull(content, "hasContent", "content");
    return has(
        GivenContent.of(content.dataType().wireName(), content.value(), content.isPartial()));
  }

  /**
   * Verifies the state of the connection, which an earlier answer has set.
   *
   * <pre>{@code
   * handler.onConnect(event -> accept().state("new"));
   * assertThat(handler).receivesEvent("shout").hasState("new");   // passes
   * assertThat(handler).receivesEvent("shout").hasState("old");   // fails
   * }</pre>
   *
   * @param state the text
   * @return this assertion object
   * @throws AssertionError if it differs or there is none
   * @since 0.1
   */
  public SELF hasState(String state) {
    notNull(state, "hasState", "state");
    return is("with state", FailureText.quote(state), shown(event().state(), "none"));
  }

  /**
   * Verifies that the connection has no state.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").hasNoState();   // passes if no answer has set one
   * assertThat(handler).receivesEvent("shout").hasNoState();   // fails after accept().state("new")
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has one
   * @since 0.1
   */
  public SELF hasNoState() {
    return is("without a state", "none", shown(event().state(), "none"));
  }

  /**
   * Verifies an entry of the metadata of the client's message.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").hasMetadata("trace", "7");   // passes
   * assertThat(handler).receivesEvent("shout").hasMetadata("trace", "8");   // fails
   * }</pre>
   *
   * @param key the key in lower case
   * @param value the value
   * @return this assertion object
   * @throws AssertionError if it is missing or differs
   * @since 0.1
   */
  public SELF hasMetadata(String key, String value) {
    notNull(key, "hasMetadata", "key");
    notNull(value, "hasMetadata", "value");
    UserEvent event = userEvent("with metadata " + key);
    return is(
        "with metadata " + FailureText.content(key),
        FailureText.quote(value),
        shown(Optional.ofNullable(event.metadata().get(key)), "none of that key"));
  }

  /**
   * Verifies that the client's message has no metadata.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").hasNoMetadata();   // passes
   * assertThat(handler).receivesEvent("shout").hasNoMetadata();   // fails with trace=7
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has any
   * @since 0.1
   */
  public SELF hasNoMetadata() {
    UserEvent event = userEvent("without metadata");
    return is(
        "without metadata",
        "none",
        event.metadata().isEmpty() ? "none" : FailureText.content(event.metadata().toString()));
  }

  /**
   * Verifies the reason of the end of a connection.
   *
   * <pre>{@code
   * alice.close(1000, "bye");
   * assertThat(handler).receivesEvent("disconnected").hasReason("bye");   // passes
   * assertThat(handler).receivesEvent("disconnected").hasReason("");      // fails
   * }</pre>
   *
   * @param reason the whole text
   * @return this assertion object
   * @throws AssertionError if it differs, or the event is not {@code disconnected}
   * @since 0.1
   */
  public SELF hasReason(String reason) {
    notNull(reason, "hasReason", "reason");
    String phrase = "with reason " + FailureText.quote(reason);
    Optional<String> was = event().reasonOfEnd();
    if (was.isEmpty()) {
      throw unmet(phrase, "only disconnected has a reason");
    }
    return is("with reason", FailureText.quote(reason), FailureText.quote(was.get()));
  }

  /**
   * Verifies that a connection has ended without a reason.
   *
   * <pre>{@code
   * alice.close();
   * assertThat(handler).receivesEvent("disconnected").hasNoReason();   // passes
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if there is one, or the event is not {@code disconnected}
   * @since 0.1
   */
  public SELF hasNoReason() {
    return hasReason("");
  }

  /**
   * Returns AssertJ's assertions on the text that was sent.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").extractingText().startsWith("h");   // passes
   * assertThat(handler).receivesEvent("shout").extractingText().isBlank();         // fails
   * }</pre>
   *
   * @return an assertion on the text, or on the JSON text
   * @throws AssertionError if it carries neither
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingText() {
    UserEvent event = userEvent("with a text");
    if (!event.isText()) {
      throw unmet("with a text", "carries " + event.content());
    }
    return Assertions.assertThat(event.text()).as(described("text"));
  }

  /**
   * Returns AssertJ's assertions on the JSON text that was sent.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("order").extractingJson().contains("\"id\"");   // passes
   * assertThat(handler).receivesEvent("shout").extractingJson();                      // fails: text
   * }</pre>
   *
   * @return an assertion on the JSON text
   * @throws AssertionError if it carries no JSON
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingJson() {
    UserEvent event = carrying(PayloadType.JSON, "with a JSON value");
    return Assertions.assertThat(event.text()).as(described("JSON"));
  }

  /**
   * Returns AssertJ's assertions on the object that the JSON stands for.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("bid").extractingJson(Bid.class).isEqualTo(new Bid(7));   // passes
   * assertThat(handler).receivesEvent("shout").extractingJson(Bid.class);   // fails: text
   * }</pre>
   *
   * @param <T> the type of the object
   * @param type its class, which the application's mapper reads
   * @return an assertion on the object
   * @throws AssertionError if it carries no JSON
   * @throws IllegalArgumentException if the JSON cannot be read as that
   * @since 0.1
   */
  public <T> ObjectAssert<T> extractingJson(Class<T> type) {
    notNull(type, "extractingJson", "type");
    UserEvent event = carrying(PayloadType.JSON, "with a JSON value");
    try {
      return Assertions.assertThat(event.json(type)).as(described("JSON"));
    } catch (IllegalArgumentException e) {
      throw (AssertionError) unmet(JsonPart.readableAs(type), JsonPart.unreadable(e)).initCause(e);
    }
  }

  /**
   * Returns AssertJ's assertions on one value inside the JSON.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("bid").extractingJsonAt("/amount").isEqualTo(7);   // passes
   * assertThat(handler).receivesEvent("bid").extractingJsonAt("/amount").isNull();       // fails
   * }</pre>
   *
   * @param pointer a JSON pointer (RFC 6901)
   * @return an assertion on the value: a Map, List, String, Boolean, number or null
   * @throws AssertionError if it carries no JSON, or there is no such value
   * @throws IllegalArgumentException if the pointer is invalid
   * @since 0.1
   */
  public ObjectAssert<Object> extractingJsonAt(String pointer) {
    notNull(pointer, "extractingJsonAt", "pointer");
    UserEvent event = carrying(PayloadType.JSON, "with a JSON value");
    JsonPart part = JsonPart.at(pointer, event.text());
    if (!part.exists()) {
      throw unmet("with a JSON value at " + FailureText.quotedContent(pointer), part.missing());
    }
    return Assertions.assertThat(part.value()).as(described("JSON") + " at " + pointer);
  }

  /**
   * Returns AssertJ's assertions on the bytes that were sent.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("upload").extractingBinary().hasSize(2);   // passes
   * assertThat(handler).receivesEvent("shout").extractingBinary();               // fails: text
   * }</pre>
   *
   * @return an assertion on the bytes
   * @throws AssertionError if it carries no binary data
   * @since 0.1
   */
  public AbstractByteArrayAssert<?> extractingBinary() {
    UserEvent event = carrying(PayloadType.BINARY, "with bytes");
    return Assertions.assertThat(event.body()).as(described("bytes"));
  }

  private String described(String part) {
    return FailureText.described(descriptionText(), part + " of event " + event().name());
  }

  private UserEvent carrying(PayloadType type, String phrase) {
    UserEvent event = userEvent(phrase);
    if (event.dataType() != type) {
      throw unmet(phrase, "carries " + event.content());
    }
    return event;
  }

  private SELF has(GivenContent given) {
    GivenContent wanted =
        event() instanceof UserEvent sent ? given.writtenBy(sent.mapping()) : given;
    String phrase = phrase(wanted);
    UserEvent event = userEvent(phrase);
    if (event.dataType() != wanted.type()) {
      throw unmet(phrase, "carries " + event.content());
    }
    if (!wanted.isSameAs(event.bytes())) {
      throw unmet(
          phrase,
          subject(wanted)
              + wanted
                  .difference(event.bytes())
                  .map(miss -> ": " + miss.difference())
                  .orElse(", which is not valid"));
    }
    return myself;
  }

  private static String phrase(GivenContent wanted) {
    return switch (wanted.type()) {
      case TEXT -> "with text " + wanted.brief();
      case JSON -> "with " + wanted.noun() + " " + wanted.brief();
      case BINARY -> "with " + wanted.brief();
      case PROTOBUF -> "with protobuf " + wanted.brief();
    };
  }

  private static String subject(GivenContent wanted) {
    return switch (wanted.type()) {
      case TEXT -> "has another text";
      case JSON -> wanted.isPartial() ? "differs" : "has other JSON";
      case BINARY, PROTOBUF -> "has another content";
    };
  }

  private UserEvent userEvent(String phrase) {
    if (event() instanceof UserEvent event) {
      return event;
    }
    throw unmet(phrase, "is a system event, which carries no data of a client");
  }

  private static String shown(Optional<String> value, String none) {
    return value.map(FailureText::quote).orElse(none);
  }

  private SELF is(String phrase, String expected, String was) {
    if (!expected.equals(was)) {
      throw unmet(phrase + " " + expected, "was " + was);
    }
    return myself;
  }

  private AssertionError unmet(String phrase, @Nullable String difference) {
    return failure(
        "%s",
        FailureText.of(
                "event handler",
                Headline.of("expected an event ")
                    .value(phrase)
                    .words(" but it ")
                    .telling(String.valueOf(difference)))
            .fact("event", event().toString())
            .factIfShortened("but it", String.valueOf(difference))
            .text());
  }
}
