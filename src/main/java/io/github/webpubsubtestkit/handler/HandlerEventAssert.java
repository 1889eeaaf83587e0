package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on one event that an {@link EventHandlerStub} received. They never wait.
 *
 * <pre>{@code
 * assertThat(handler).receivesEvent("shout").isFromUser("alice").hasText("hi");
 * assertThat(handler).receivesEvent("disconnected").hasReason("bye").hasState("step-2");
 * }</pre>
 *
 * @since 0.1
 */
public class HandlerEventAssert extends AbstractAssert<HandlerEventAssert, HandlerEvent> {

  /**
   * Creates assertions on an event.
   *
   * @param actual the event
   * @since 0.1
   */
  public HandlerEventAssert(HandlerEvent actual) {
    super(notNull(actual, "HandlerEventAssert", "actual"), HandlerEventAssert.class);
  }

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
  public HandlerEventAssert hasName(String name) {
    notNull(name, "hasName", "name");
    return is("with name", FailureText.quote(name), FailureText.quote(actual.name()));
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
  public HandlerEventAssert isFromUser(String userId) {
    notNull(userId, "isFromUser", "userId");
    return is(
        "from this user",
        FailureText.quote(userId),
        shown(actual.userId(), "a client without one"));
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
  public HandlerEventAssert hasNoUserId() {
    return is("without a user", "none", shown(actual.userId(), "none"));
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
  public HandlerEventAssert isFromConnection(String connectionId) {
    notNull(connectionId, "isFromConnection", "connectionId");
    return is(
        "from this connection",
        FailureText.quote(connectionId),
        FailureText.quote(actual.connectionId()));
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
  public HandlerEventAssert hasText(String text) {
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
  public HandlerEventAssert hasJson(Object json) {
    notNull(json, "hasJson", "json");
    return has(GivenContent.json(json));
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
  public HandlerEventAssert hasBinary(byte[] bytes) {
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
  public HandlerEventAssert hasProtobuf(Object message) {
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
  public HandlerEventAssert hasContent(Content content) {
    notNull(content, "hasContent", "content");
    return has(GivenContent.of(content.dataType().wireName(), content.value()));
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
  public HandlerEventAssert hasState(String state) {
    notNull(state, "hasState", "state");
    return is("with state", FailureText.quote(state), shown(actual.state(), "none"));
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
  public HandlerEventAssert hasNoState() {
    return is("without a state", "none", shown(actual.state(), "none"));
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
  public HandlerEventAssert hasMetadata(String key, String value) {
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
  public HandlerEventAssert hasNoMetadata() {
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
  public HandlerEventAssert hasReason(String reason) {
    notNull(reason, "hasReason", "reason");
    String phrase = "with reason " + FailureText.quote(reason);
    if (!(actual instanceof DisconnectedEvent event)) {
      throw unmet(phrase, "only disconnected has a reason");
    }
    return is("with reason", FailureText.quote(reason), FailureText.quote(event.reason()));
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
  public HandlerEventAssert hasNoReason() {
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
    return Assertions.assertThat(event.text()).as("text of event %s", event.name());
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
    return Assertions.assertThat(event.text()).as("JSON of event %s", event.name());
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
    return Assertions.assertThat(event.body()).as("bytes of event %s", event.name());
  }

  private UserEvent carrying(PayloadType type, String phrase) {
    UserEvent event = userEvent(phrase);
    if (event.dataType() != type) {
      throw unmet(phrase, "carries " + event.content());
    }
    return event;
  }

  private HandlerEventAssert has(GivenContent given) {
    GivenContent wanted =
        actual instanceof UserEvent sent ? given.writtenBy(sent.mapping()) : given;
    String phrase = phrase(wanted);
    UserEvent event = userEvent(phrase);
    if (event.dataType() != wanted.type()) {
      throw unmet(phrase, "carries " + event.content());
    }
    if (!wanted.isSameAs(event.bytes())) {
      throw unmet(
          phrase,
          subject(wanted.type())
              + wanted
                  .difference(event.bytes())
                  .map(miss -> ": " + miss.difference())
                  .orElse(", which is not valid"));
    }
    return this;
  }

  private static String phrase(GivenContent wanted) {
    return switch (wanted.type()) {
      case TEXT -> "with text " + wanted.brief();
      case JSON -> "with JSON " + wanted.brief();
      case BINARY -> "with " + wanted.brief();
      case PROTOBUF -> "with protobuf " + wanted.brief();
    };
  }

  private static String subject(PayloadType type) {
    return switch (type) {
      case TEXT -> "has another text";
      case JSON -> "has other JSON";
      case BINARY, PROTOBUF -> "has another content";
    };
  }

  private UserEvent userEvent(String phrase) {
    if (actual instanceof UserEvent event) {
      return event;
    }
    throw unmet(phrase, "is a system event, which carries no data of a client");
  }

  private static String shown(Optional<String> value, String none) {
    return value.map(FailureText::quote).orElse(none);
  }

  private HandlerEventAssert is(String phrase, String expected, String was) {
    if (!expected.equals(was)) {
      throw unmet(phrase + " " + expected, "was " + was);
    }
    return this;
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
            .fact("event", actual.toString())
            .factIfShortened("but it", String.valueOf(difference))
            .text());
  }
}
