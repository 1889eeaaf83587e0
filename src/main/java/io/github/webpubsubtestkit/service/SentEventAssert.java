package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.handler.HandlerEventAssert;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractStringAssert;

/**
 * Assertions on one event that a fake sent to an event handler, usually behind {@link
 * ServiceAssert#sendsEvent}: what was sent, and what came of it.
 *
 * <p>They check a recorded event and never wait. Its data, user and state are asserted in the words
 * of {@link HandlerEventAssert}.
 *
 * @since 0.1
 */
public class SentEventAssert extends AbstractAssert<SentEventAssert, SentEvent> {

  /**
   * An assertion on an event; usually made by {@code assertThat(service).sendsEvent(..)}.
   *
   * @param actual the event
   * @since 0.1
   */
  public SentEventAssert(SentEvent actual) {
    super(notNull(actual, "SentEventAssert", "actual"), SentEventAssert.class);
  }

  /**
   * Verifies the hub of the event.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").isInHub("hub"); // passes
   * assertThat(service).sendsEvent("shout").isInHub("chat"); // fails
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public SentEventAssert isInHub(String hub) {
    notNull(hub, "isInHub", "hub");
    String was = actual.delivery().hub();
    return meets(was.equalsIgnoreCase(hub), "in hub " + FailureText.quote(hub), "is in hub " + was);
  }

  /**
   * Verifies where the event was sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasUrl("http://localhost:7071/api/shout"); // passes
   * assertThat(service).sendsEvent("shout").hasUrl("http://localhost/"); // fails
   * }</pre>
   *
   * @param url the URL of the request, query included
   * @return this assertion object
   * @throws AssertionError if it was sent elsewhere
   * @since 0.1
   */
  public SentEventAssert hasUrl(String url) {
    notNull(url, "hasUrl", "url");
    return meets(
        actual.url().toString().equals(url),
        "to " + FailureText.quote(url),
        "went to " + actual.url());
  }

  /**
   * Verifies a header of the request, such as {@code ce-signature} or {@code ce-id}.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasHeader("ce-hub", "hub"); // passes
   * assertThat(service).sendsEvent("shout").hasHeader("ce-hub", "chat"); // fails
   * }</pre>
   *
   * @param name the name, case-insensitive
   * @param value the whole value of one header
   * @return this assertion object
   * @throws AssertionError if no header of that name has that value
   * @since 0.1
   */
  public SentEventAssert hasHeader(String name, String value) {
    notNull(name, "hasHeader", "name");
    notNull(value, "hasHeader", "value");
    List<String> values = actual.event().headers().getOrDefault(name, List.of());
    return meets(
        values.contains(value),
        "with header " + FailureText.content(name) + ": " + FailureText.content(value),
        values.isEmpty()
            ? "has no such header"
            : "has " + FailureText.content(name + ": " + String.join(", ", values)));
  }

  /**
   * Verifies how often the event was sent: 1 without retries.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasAttempts(1); // passes
   * assertThat(service).sendsEvent("shout").hasAttempts(2); // fails: the handler answered at once
   * }</pre>
   *
   * @param count the number of requests
   * @return this assertion object
   * @throws AssertionError if there were more or fewer
   * @since 0.1
   */
  public SentEventAssert hasAttempts(int count) {
    return meets(
        actual.attempts() == count,
        "sent in " + FailureText.count(count, "attempt"),
        actual.outcome() + " in " + FailureText.count(actual.attempts(), "attempt"));
  }

  /**
   * Verifies the HTTP status of the answer to the last attempt.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasStatus(204); // passes
   * assertThat(service).sendsEvent("shout").hasStatus(200); // fails
   * }</pre>
   *
   * @param status the status
   * @return this assertion object
   * @throws AssertionError if it differs, or there was no answer
   * @since 0.1
   */
  public SentEventAssert hasStatus(int status) {
    return meets(
        actual.status().isPresent() && actual.status().getAsInt() == status,
        "answered with " + status,
        "was " + actual.outcome());
  }

  /**
   * Verifies that the handler accepted the event: it answered with a status of success.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").isSuccessful(); // passes
   * assertThat(service).sendsEvent("shout").hasFailed(); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it answered otherwise or not at all
   * @since 0.1
   */
  public SentEventAssert isSuccessful() {
    return meets(actual.isSuccessful(), "that the handler accepted", "was " + actual.outcome());
  }

  /**
   * Verifies that the handler did not accept the event: it answered with an error, or not at all.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasFailed(); // passes
   * assertThat(service).sendsEvent("shout").isSuccessful(); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it answered with a status of success
   * @since 0.1
   */
  public SentEventAssert hasFailed() {
    return meets(!actual.isSuccessful(), "that failed", "was " + actual.outcome());
  }

  /**
   * Verifies the name of the event.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasName("shout"); // passes
   * assertThat(service).sendsEvent("shout").hasName("whisper"); // fails
   * }</pre>
   *
   * @param name the name
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public SentEventAssert hasName(String name) {
    notNull(name, "hasName", "name");
    return meets(event -> event.hasName(name));
  }

  /**
   * Verifies that the event is one of a client of this user.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").isFromUser("alice"); // passes
   * assertThat(service).sendsEvent("shout").isFromUser("bob"); // fails
   * }</pre>
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if it differs, or there is none
   * @since 0.1
   */
  public SentEventAssert isFromUser(String userId) {
    notNull(userId, "isFromUser", "userId");
    return meets(event -> event.isFromUser(userId));
  }

  /**
   * Verifies that the client has no user id.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasNoUserId(); // passes
   * assertThat(service).sendsEvent("shout").isFromUser("bob"); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has one
   * @since 0.1
   */
  public SentEventAssert hasNoUserId() {
    return meets(event -> event.hasNoUserId());
  }

  /**
   * Verifies the connection of the event.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").isFromConnection(alice.connectionId()); // passes
   * assertThat(service).sendsEvent("shout").isFromConnection("x"); // fails
   * }</pre>
   *
   * @param connectionId the connection
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public SentEventAssert isFromConnection(String connectionId) {
    notNull(connectionId, "isFromConnection", "connectionId");
    return meets(event -> event.isFromConnection(connectionId));
  }

  /**
   * Verifies the text that the client sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasText("hi"); // passes
   * assertThat(service).sendsEvent("shout").hasText("ho"); // fails
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if the data differs or is not text
   * @since 0.1
   */
  public SentEventAssert hasText(String text) {
    notNull(text, "hasText", "text");
    return meets(event -> event.hasText(text));
  }

  /**
   * Verifies the JSON that the client sent. Values are compared: 1 equals 1.0, in any order of
   * keys.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasJson("{\"id\":1}"); // passes
   * assertThat(service).sendsEvent("shout").hasJson("{\"id\":2}"); // fails
   * }</pre>
   *
   * @param json a String is JSON text; anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if the data differs or is not JSON
   * @since 0.1
   */
  public SentEventAssert hasJson(Object json) {
    notNull(json, "hasJson", "json");
    return meets(event -> event.hasJson(json));
  }

  /**
   * Verifies the bytes that the client sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasBinary(new byte[] {1}); // passes
   * assertThat(service).sendsEvent("shout").hasBinary(new byte[] {2}); // fails
   * }</pre>
   *
   * @param bytes all bytes
   * @return this assertion object
   * @throws AssertionError if the data differs or is not binary
   * @since 0.1
   */
  public SentEventAssert hasBinary(byte[] bytes) {
    notNull(bytes, "hasBinary", "bytes");
    return meets(event -> event.hasBinary(bytes));
  }

  /**
   * Verifies the protobuf message that the client sent; type and value are compared.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasProtobuf(StringValue.of("hi")); // passes
   * assertThat(service).sendsEvent("shout").hasProtobuf(StringValue.of("ho")); // fails
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}
   * @return this assertion object
   * @throws AssertionError if the data differs or is not a protobuf message
   * @since 0.1
   */
  public SentEventAssert hasProtobuf(Object message) {
    notNull(message, "hasProtobuf", "message");
    return meets(event -> event.hasProtobuf(message));
  }

  /**
   * Verifies the type and content of the data that the client sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasContent(text("hi")); // passes
   * assertThat(service).sendsEvent("shout").hasContent(json("[1]")); // fails
   * }</pre>
   *
   * @param content the whole content
   * @return this assertion object
   * @throws AssertionError if the content or its type differs
   * @since 0.1
   */
  public SentEventAssert hasContent(Content content) {
    notNull(content, "hasContent", "content");
    return meets(event -> event.hasContent(content));
  }

  /**
   * Verifies that the client's message has this metadata entry, possibly among others.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasMetadata("trace", "7"); // passes
   * assertThat(service).sendsEvent("shout").hasMetadata("trace", "8"); // fails
   * }</pre>
   *
   * @param key the key
   * @param value the value
   * @return this assertion object
   * @throws AssertionError if it is missing or differs
   * @since 0.1
   */
  public SentEventAssert hasMetadata(String key, String value) {
    notNull(key, "hasMetadata", "key");
    notNull(value, "hasMetadata", "value");
    return meets(event -> event.hasMetadata(key, value));
  }

  /**
   * Verifies that the client's message has no metadata.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasNoMetadata(); // passes
   * assertThat(service).sendsEvent("shout").hasMetadata("trace", "7"); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has any
   * @since 0.1
   */
  public SentEventAssert hasNoMetadata() {
    return meets(event -> event.hasNoMetadata());
  }

  /**
   * Verifies the state of the connection that the event carried.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasState("state-1"); // passes
   * assertThat(service).sendsEvent("shout").hasState("state-2"); // fails
   * }</pre>
   *
   * @param state the value of {@code ce-connectionState}
   * @return this assertion object
   * @throws AssertionError if it differs, or there was none
   * @since 0.1
   */
  public SentEventAssert hasState(String state) {
    notNull(state, "hasState", "state");
    return meets(event -> event.hasState(state));
  }

  /**
   * Verifies that the event carried no state.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").hasNoState(); // passes
   * assertThat(service).sendsEvent("shout").hasState("state-1"); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it carried one
   * @since 0.1
   */
  public SentEventAssert hasNoState() {
    return meets(event -> event.hasNoState());
  }

  /**
   * Returns AssertJ's assertions on the text that the client sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").extractingText().startsWith("h"); // passes
   * assertThat(service).sendsEvent("shout").extractingText().isBlank(); // fails
   * }</pre>
   *
   * @return an assertion on the text
   * @throws AssertionError if it sent no text
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingText() {
    return event().extractingText();
  }

  /**
   * Returns AssertJ's assertions on the JSON text that the client sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").extractingJson().contains("id"); // passes
   * assertThat(service).sendsEvent("shout").extractingJson().isBlank(); // fails
   * }</pre>
   *
   * @return an assertion on the JSON text
   * @throws AssertionError if it sent no JSON
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingJson() {
    return event().extractingJson();
  }

  /**
   * Returns AssertJ's assertions on the bytes that the client sent.
   *
   * <pre>{@code
   * assertThat(service).sendsEvent("shout").extractingBinary().hasSize(2); // passes
   * assertThat(service).sendsEvent("shout").extractingBinary().isEmpty(); // fails
   * }</pre>
   *
   * @return an assertion on the bytes
   * @throws AssertionError if it sent no binary data
   * @since 0.1
   */
  public AbstractByteArrayAssert<?> extractingBinary() {
    return event().extractingBinary();
  }

  private HandlerEventAssert event() {
    isNotNull();
    HandlerEventAssert event = new HandlerEventAssert(actual.event());
    String description = descriptionText();
    return description == null || description.isEmpty() ? event : event.as("%s", description);
  }

  private SentEventAssert meets(Consumer<HandlerEventAssert> assertion) {
    assertion.accept(event());
    return this;
  }

  private SentEventAssert meets(boolean asExpected, String phrase, String difference) {
    if (!asExpected) {
      throw failure(
          "%s",
          FailureText.of(
                  "service",
                  Headline.of("expected a sent event ")
                      .value(phrase)
                      .words(" but it ")
                      .value(difference))
              .fact("event", actual.toString())
              .fact("but it", difference)
              .text());
    }
    return this;
  }
}
