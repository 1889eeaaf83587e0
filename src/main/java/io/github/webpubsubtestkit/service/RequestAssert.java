package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.JsonPart;
import java.util.Optional;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on one request that a fake received, usually behind {@link
 * ServiceAssert#receivesRequest}.
 *
 * <p>They check a recorded request and never wait.
 *
 * @since 0.1
 */
public class RequestAssert extends AbstractObjectAssert<RequestAssert, RecordedRequest> {

  /**
   * An assertion on a request.
   *
   * @param actual the request
   * @since 0.1
   */
  public RequestAssert(RecordedRequest actual) {
    this(RequestAssert.class, notNull(actual, "RequestAssert", "actual"));
  }

  /** Soft assertions put such an object in the place of one whose value did not come. */
  RequestAssert(Class<?> self, RecordedRequest actual) {
    super(actual, self);
  }

  /**
   * Verifies that the request came from a client of this user.
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if it came from another user's client or an application
   * @since 0.1
   */
  public RequestAssert isFromUser(String userId) {
    notNull(userId, "isFromUser", "userId");
    return meets(RequestCondition.fromUser(userId));
  }

  /**
   * Verifies that the request has no user: it came from an application or a client without a user
   * id.
   *
   * <pre>{@code
   * assertThat(service).receivesEvent("status").hasNoUserId(); // passes for an anonymous client
   * assertThat(service).receivesEvent("status").hasNoUserId(); // fails for alice's
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it came from a user's client
   * @since 0.1
   */
  public RequestAssert hasNoUserId() {
    return meets(RequestCondition.noUserId());
  }

  /**
   * Verifies that the request came from an application, over REST.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).isFromServer(); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).isFromUser("bob"); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it came from a client
   * @since 0.1
   */
  public RequestAssert isFromServer() {
    return meets(RequestCondition.fromServer());
  }

  /**
   * Verifies that the request came from a client, over its WebSocket.
   *
   * @return this assertion object
   * @throws AssertionError if it came from an application
   * @since 0.1
   */
  public RequestAssert isFromClient() {
    return meets(RequestCondition.fromClient());
  }

  /**
   * Verifies the hub of the request.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).isInHub("hub"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).isInHub("chat"); // fails
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public RequestAssert isInHub(String hub) {
    notNull(hub, "isInHub", "hub");
    return meets(RequestCondition.hub(hub));
  }

  /**
   * Verifies that the service carried out the request.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).isSuccessful(); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).isRefused(); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it rejected the request
   * @since 0.1
   */
  public RequestAssert isSuccessful() {
    return meets(RequestCondition.successful());
  }

  /**
   * Verifies that the service rejected the request.
   *
   * @return this assertion object
   * @throws AssertionError if it carried out the request
   * @since 0.1
   */
  public RequestAssert isRefused() {
    return meets(RequestCondition.refused());
  }

  /**
   * Verifies the outcome of the request.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasOutcome("202"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasOutcome("404"); // fails
   * }</pre>
   *
   * @param outcome the beginning of {@link RecordedRequest#outcome()}, up to a blank or its end
   * @return this assertion object
   * @throws AssertionError if the outcome differs
   * @since 0.1
   */
  public RequestAssert hasOutcome(String outcome) {
    notNull(outcome, "hasOutcome", "outcome");
    return meets(RequestCondition.outcome(outcome));
  }

  /**
   * Verifies the text that was sent.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasText("Hello, alice"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasText("Hello"); // fails
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if the data differs or is not text
   * @since 0.1
   */
  public RequestAssert hasText(String text) {
    notNull(text, "hasText", "text");
    return meets(RequestCondition.text(text));
  }

  /**
   * Verifies the JSON that was sent. Numbers are compared by value, and the order of keys is
   * ignored.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasJson("{\"id\":1}"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasJson("{\"id\":2}"); // fails
   * }</pre>
   *
   * @param json a String is JSON text; anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if the data differs or is not JSON
   * @throws IllegalArgumentException if {@code json} is not valid JSON
   * @since 0.1
   */
  public RequestAssert hasJson(Object json) {
    notNull(json, "hasJson", "json");
    return meets(RequestCondition.json(json));
  }

  /**
   * Verifies that the JSON that was sent holds at least this value, at every level: objects may
   * have further members, and arrays further elements. Strings such as {@code "${any-string}"} are
   * placeholders, see {@link Content#jsonContaining}.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasJsonContaining("{\"id\":1}"); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasJsonContaining("{\"id\":2}"); // fails
   * }</pre>
   *
   * @param json a String is JSON text; anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if something is missing or differs; names its path
   * @throws IllegalArgumentException if {@code json} is not valid JSON, or a placeholder is unknown
   * @since 0.1
   */
  public RequestAssert hasJsonContaining(Object json) {
    notNull(json, "hasJsonContaining", "json");
    return meets(RequestCondition.jsonContaining(json));
  }

  /**
   * Verifies one value inside the JSON that was sent, by its path.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasJsonAt("/items/0/price", 31.99); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasJsonAt("/state", "open"); // fails
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
  public RequestAssert hasJsonAt(String pointer, @Nullable Object value) {
    notNull(pointer, "hasJsonAt", "pointer");
    return meets(RequestCondition.jsonAt(pointer, value, actual.mapping()));
  }

  /**
   * Verifies the binary data that was sent.
   *
   * @param bytes all bytes
   * @return this assertion object
   * @throws AssertionError if the data differs or is not binary
   * @since 0.1
   */
  public RequestAssert hasBinary(byte[] bytes) {
    notNull(bytes, "hasBinary", "bytes");
    return meets(RequestCondition.binary(bytes));
  }

  /**
   * Verifies the protobuf message that was sent; type and value are compared.
   *
   * <pre>{@code
   * assertThat(service).receivesEvent("order").hasProtobuf(StringValue.of("hi")); // passes
   * assertThat(service).receivesEvent("order").hasProtobuf(StringValue.of("ho")); // fails
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is compared as such
   * @return this assertion object
   * @throws AssertionError if the data differs or is not a protobuf message
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public RequestAssert hasProtobuf(Object message) {
    notNull(message, "hasProtobuf", "message");
    return hasContent(Content.protobuf(message));
  }

  /**
   * Verifies the type and content of the data that was sent.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasContent(json("[1]")); // passes with [1.0]
   * assertThat(service).receivesRequest(sendToAll()).hasContent(text("[1]")); // fails: data is json
   * }</pre>
   *
   * @param content the whole content
   * @return this assertion object
   * @throws AssertionError if the content or its type differs
   * @since 0.1
   */
  public RequestAssert hasContent(Content content) {
    notNull(content, "hasContent", "content");
    return meets(RequestCondition.content(content));
  }

  /**
   * Verifies that the message has this metadata entry, possibly among others.
   *
   * @param name the name
   * @param value the value
   * @return this assertion object
   * @throws AssertionError if it is missing or differs
   * @since 0.1
   */
  public RequestAssert hasMetadata(String name, String value) {
    notNull(name, "hasMetadata", "name");
    notNull(value, "hasMetadata", "value");
    return meets(RequestCondition.metadata(name, value));
  }

  /**
   * Verifies that the message has no metadata.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasNoMetadata(); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasNoMetadata(); // fails with trace=7
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has any
   * @since 0.1
   */
  public RequestAssert hasNoMetadata() {
    return meets(RequestCondition.noMetadata());
  }

  /**
   * Verifies the filter of a REST call, from its query or its body.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasFilter("userId ne 'bob'"); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasFilter("userId eq 'bob'"); // fails
   * }</pre>
   *
   * @param filter the whole filter
   * @return this assertion object
   * @throws AssertionError if it differs, or there is none
   * @since 0.1
   */
  public RequestAssert hasFilter(String filter) {
    notNull(filter, "hasFilter", "filter");
    return meets(CallCondition.filter(filter));
  }

  /**
   * Verifies a header of a REST call.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasHeader("content-type", "text/plain"); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasHeader("Content-Type", "text/xml"); // fails
   * }</pre>
   *
   * @param name the name, case-insensitive
   * @param value the whole value of one header
   * @return this assertion object
   * @throws AssertionError if no header of that name has that value
   * @since 0.1
   */
  public RequestAssert hasHeader(String name, String value) {
    notNull(name, "hasHeader", "name");
    notNull(value, "hasHeader", "value");
    return meets(CallCondition.header(name, value));
  }

  /**
   * Verifies the HTTP status of the response to a REST call.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasStatus(202); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasStatus(200); // fails
   * }</pre>
   *
   * @param status the status
   * @return this assertion object
   * @throws AssertionError if it differs, or the request came from a client
   * @since 0.1
   */
  public RequestAssert hasStatus(int status) {
    return meets(CallCondition.status(status));
  }

  /**
   * Verifies that the REST call has this query parameter with this value, possibly among others.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasParameter("messageTtlSeconds", "60"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasParameter("filter", "x"); // fails
   * }</pre>
   *
   * @param name the name of the parameter
   * @param value the decoded value
   * @return this assertion object
   * @throws AssertionError if it is missing or differs
   * @since 0.1
   */
  public RequestAssert hasParameter(String name, String value) {
    notNull(name, "hasParameter", "name");
    notNull(value, "hasParameter", "value");
    return meets(RequestCondition.parameter(name, value));
  }

  /**
   * Returns AssertJ's assertions on the text that was sent.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).extractingText().startsWith("Hello"); // passes
   * assertThat(service).receivesRequest(sendToAll()).extractingText().isBlank();           // fails
   * }</pre>
   *
   * @return an assertion on the text
   * @throws AssertionError if no text was sent
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingText() {
    return extracting(actual.text(), "with a text", "text");
  }

  /**
   * Returns AssertJ's assertions on the JSON text that was sent.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).extractingJson().contains("\"id\""); // passes
   * assertThat(service).receivesRequest(sendToAll()).extractingJson(); // fails if it was text
   * }</pre>
   *
   * @return an assertion on the JSON text
   * @throws AssertionError if no JSON was sent
   * @since 0.1
   */
  public AbstractStringAssert<?> extractingJson() {
    return extracting(actual.json(), "with a JSON value", "JSON");
  }

  /**
   * Returns AssertJ's assertions on the object that the JSON stands for.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).extractingJson(Bid.class).isEqualTo(new Bid(7)); // passes
   * assertThat(service).receivesRequest(sendToAll()).extractingJson(Bid.class); // fails if it was text
   * }</pre>
   *
   * @param <T> the type of the object
   * @param type its class, which the application's mapper reads
   * @return an assertion on the object
   * @throws AssertionError if no JSON was sent
   * @throws IllegalArgumentException if the JSON cannot be read as that
   * @since 0.1
   */
  public <T> ObjectAssert<T> extractingJson(Class<T> type) {
    notNull(type, "extractingJson", "type");
    String json = actual.json().orElseThrow(() -> otherData("with a JSON value"));
    try {
      return Assertions.assertThat(actual.mapping().read(json, type)).as(described("JSON"));
    } catch (IllegalArgumentException e) {
      throw (AssertionError) unmet(JsonPart.readableAs(type), JsonPart.unreadable(e)).initCause(e);
    }
  }

  /**
   * Returns AssertJ's assertions on one value inside the JSON.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).extractingJsonAt("/id").isEqualTo(7); // passes
   * assertThat(service).receivesRequest(sendToAll()).extractingJsonAt("/id").isNull();     // fails
   * }</pre>
   *
   * @param pointer a JSON pointer (RFC 6901)
   * @return an assertion on the value: a Map, List, String, Boolean, number or null
   * @throws AssertionError if no JSON was sent, or there is no such value
   * @throws IllegalArgumentException if the pointer is invalid
   * @since 0.1
   */
  public ObjectAssert<Object> extractingJsonAt(String pointer) {
    notNull(pointer, "extractingJsonAt", "pointer");
    String json = actual.json().orElseThrow(() -> otherData("with a JSON value"));
    JsonPart part = JsonPart.at(pointer, json);
    if (!part.exists()) {
      throw unmet("with a JSON value at " + FailureText.quotedContent(pointer), part.missing());
    }
    return Assertions.assertThat(part.value()).as(described("JSON") + " at " + pointer);
  }

  /**
   * Returns AssertJ's assertions on the bytes that were sent.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).extractingBinary().hasSize(2); // passes
   * assertThat(service).receivesRequest(sendToAll()).extractingBinary(); // fails if it was text
   * }</pre>
   *
   * @return an assertion on the bytes
   * @throws AssertionError if no binary data was sent
   * @since 0.1
   */
  public AbstractByteArrayAssert<?> extractingBinary() {
    byte[] bytes = actual.binary().orElseThrow(() -> otherData("with bytes"));
    return Assertions.assertThat(bytes).as(described("bytes"));
  }

  private AbstractStringAssert<?> extracting(Optional<String> data, String phrase, String noun) {
    String text = data.orElseThrow(() -> otherData(phrase));
    return Assertions.assertThat(text).as(described(noun));
  }

  private String described(String part) {
    return FailureText.described(
        descriptionText(), part + " of " + RequestText.call(actual.recorded()));
  }

  private AssertionError otherData(String phrase) {
    return unmet(
        phrase,
        actual.recorded().payload() == null
            ? "carries no data"
            : "data is " + actual.recorded().payload().type().wireName());
  }

  private RequestAssert meets(RequestCondition given) {
    isNotNull();
    RequestCondition condition = given.writtenBy(actual.mapping());
    Optional<RequestMiss> miss = condition.miss(actual.recorded());
    if (miss.isPresent()) {
      throw unmet(condition.phrase(), miss.get().text());
    }
    return this;
  }

  private AssertionError unmet(String phrase, String difference) {
    return failure(
        "%s",
        FailureText.of(
                "service",
                Headline.of("expected a request ")
                    .value(phrase.isEmpty() ? "that succeeded" : phrase)
                    .words(" but: ")
                    .telling(difference))
            .fact("request", actual.toString())
            .factIfShortened("but", difference)
            .text());
  }
}
