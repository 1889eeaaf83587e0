package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on one request that a fake received, usually behind {@link
 * ServiceAssert#receivesRequest}.
 *
 * <p>They look at a request that is there; none of them waits.
 *
 * @since 0.1
 */
public class RequestAssert extends AbstractAssert<RequestAssert, RecordedRequest> {

  /**
   * An assertion on a request.
   *
   * @param actual the request
   * @since 0.1
   */
  public RequestAssert(RecordedRequest actual) {
    super(actual, RequestAssert.class);
  }

  /**
   * Verifies that a client of this user asked.
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if it was another one, or an application
   * @since 0.1
   */
  public RequestAssert isFromUser(String userId) {
    return meets(RequestCondition.fromUser(userId));
  }

  /**
   * Verifies that an application asked, over REST.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).isFromServer(); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).isFromUser("bob"); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it was a client
   * @since 0.1
   */
  public RequestAssert isFromServer() {
    return meets(RequestCondition.fromServer());
  }

  /**
   * Verifies that a client asked, over its WebSocket.
   *
   * @return this assertion object
   * @throws AssertionError if it was an application
   * @since 0.1
   */
  public RequestAssert isFromClient() {
    return meets(RequestCondition.fromClient());
  }

  /**
   * Verifies which hub was meant.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).isInHub("hub"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).isInHub("chat"); // fails
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws AssertionError if it was another one
   * @since 0.1
   */
  public RequestAssert isInHub(String hub) {
    return meets(RequestCondition.hub(hub));
  }

  /**
   * Verifies that the service carried the request out.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).isSuccessful(); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).isRefused(); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it refused
   * @since 0.1
   */
  public RequestAssert isSuccessful() {
    return meets(RequestCondition.successful());
  }

  /**
   * Verifies that the service refused the request.
   *
   * @return this assertion object
   * @throws AssertionError if it carried the request out
   * @since 0.1
   */
  public RequestAssert isRefused() {
    return meets(RequestCondition.refused());
  }

  /**
   * Verifies how the service answered.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasOutcome("202"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasOutcome("404"); // fails
   * }</pre>
   *
   * @param outcome the beginning of {@link RecordedRequest#outcome()}, up to a blank or its end
   * @return this assertion object
   * @throws AssertionError if the outcome is another one
   * @since 0.1
   */
  public RequestAssert hasOutcome(String outcome) {
    return meets(RequestCondition.outcome(outcome));
  }

  /**
   * Verifies that a text was sent, and which.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasText("Hello, alice"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasText("Hello"); // fails
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if the data is another one or no text
   * @since 0.1
   */
  public RequestAssert hasText(String text) {
    return meets(RequestCondition.text(text));
  }

  /**
   * Verifies that JSON was sent, and which. Numbers are compared by value, the order of keys does
   * not matter.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasJson("{\"id\":1}"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasJson("{\"id\":2}"); // fails
   * }</pre>
   *
   * @param json a String is JSON text; anything else is written by the fake\'s mapper
   * @return this assertion object
   * @throws AssertionError if the data is another one or no JSON
   * @throws IllegalArgumentException if {@code json} is no JSON
   * @since 0.1
   */
  public RequestAssert hasJson(Object json) {
    return meets(RequestCondition.json(json));
  }

  /**
   * Verifies that binary data was sent, and which.
   *
   * @param bytes all of them
   * @return this assertion object
   * @throws AssertionError if the data is another one or not binary
   * @since 0.1
   */
  public RequestAssert hasBinary(byte[] bytes) {
    return meets(RequestCondition.binary(bytes));
  }

  /**
   * The same as {@link #hasText}, for reading on: {@code receivesEvent("message").withText("hi")}.
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if the data is another one or no text
   * @since 0.1
   */
  public RequestAssert withText(String text) {
    return hasText(text);
  }

  /**
   * The same as {@link #hasJson}, for reading on.
   *
   * @param json a String is JSON text; anything else is written by the fake\'s mapper
   * @return this assertion object
   * @throws AssertionError if the data is another one or no JSON
   * @throws IllegalArgumentException if {@code json} is no JSON
   * @since 0.1
   */
  public RequestAssert withJson(Object json) {
    return hasJson(json);
  }

  /**
   * The same as {@link #hasBinary}, for reading on.
   *
   * @param bytes all of them
   * @return this assertion object
   * @throws AssertionError if the data is another one or not binary
   * @since 0.1
   */
  public RequestAssert withBinary(byte[] bytes) {
    return hasBinary(bytes);
  }

  /**
   * Verifies that the message has this metadata, perhaps among others.
   *
   * @param name the name
   * @param value the value
   * @return this assertion object
   * @throws AssertionError if it is not there or another one
   * @since 0.1
   */
  public RequestAssert hasMetadata(String name, String value) {
    return meets(RequestCondition.metadata(name, value));
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
   * @throws AssertionError if it is another one, or there is none
   * @since 0.1
   */
  public RequestAssert hasFilter(String filter) {
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
   * @param name the name, in any case
   * @param value the whole value of one line
   * @return this assertion object
   * @throws AssertionError if no line of that name has that value
   * @since 0.1
   */
  public RequestAssert hasHeader(String name, String value) {
    return meets(CallCondition.header(name, value));
  }

  /**
   * Verifies the HTTP status of the answer to a REST call.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToAll()).hasStatus(202); // passes
   * assertThat(service).receivesRequest(sendToAll()).hasStatus(200); // fails
   * }</pre>
   *
   * @param status the status
   * @return this assertion object
   * @throws AssertionError if it was another one, or a client asked
   * @since 0.1
   */
  public RequestAssert hasStatus(int status) {
    return meets(CallCondition.status(status));
  }

  /**
   * Verifies that the REST call has this query parameter with this value, perhaps among others.
   *
   * <pre>{@code
   * assertThat(service).receivesRequest(sendToUser("alice")).hasParameter("messageTtlSeconds", "60"); // passes
   * assertThat(service).receivesRequest(sendToUser("alice")).hasParameter("filter", "x"); // fails
   * }</pre>
   *
   * @param name the name of the parameter
   * @param value the decoded value
   * @return this assertion object
   * @throws AssertionError if it is not there or another one
   * @since 0.1
   */
  public RequestAssert hasParameter(String name, String value) {
    return meets(RequestCondition.parameter(name, value));
  }

  /**
   * Goes on to AssertJ's assertions on the text that was sent.
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
    isNotNull();
    if (actual.text().isEmpty()) {
      throw unmet(
          "with a text",
          actual.recorded().payload() == null
              ? "carries no data"
              : "data is " + actual.recorded().payload().type().wireName());
    }
    return Assertions.assertThat(actual.text().get())
        .as("text of %s", RequestText.call(actual.recorded()));
  }

  private RequestAssert meets(RequestCondition condition) {
    isNotNull();
    condition
        .miss(actual.recorded())
        .ifPresent(
            miss -> {
              throw unmet(condition.phrase(), miss.text());
            });
    return this;
  }

  private AssertionError unmet(String phrase, String difference) {
    RecordedOperation operation = actual.recorded();
    return failure(
        "%s",
        FailureText.of(
                "service", "expected a request " + (phrase.isEmpty() ? "that succeeded" : phrase))
            .fact("request", RequestText.describe(operation))
            .fact("but", difference)
            .text());
  }
}
