package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.handler.AbstractHandlerEventAssert;
import io.github.webpubsubtestkit.handler.HandlerEvent;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import java.util.List;

/**
 * Assertions on one event that a fake sent to an event handler, usually behind {@link
 * ServiceAssert#sendsEvent}: what was sent, and what came of it.
 *
 * <p>They check a recorded event and never wait.
 *
 * @since 0.1
 */
public class SentEventAssert extends AbstractHandlerEventAssert<SentEventAssert, SentEvent> {

  /**
   * An assertion on an event; usually made by {@code assertThat(service).sendsEvent(..)}.
   *
   * @param actual the event
   * @since 0.1
   */
  public SentEventAssert(SentEvent actual) {
    this(SentEventAssert.class, notNull(actual, "SentEventAssert", "actual"));
  }

  /** Soft assertions put such an object in the place of one whose value did not come. */
  SentEventAssert(Class<?> self, SentEvent actual) {
    super(actual, self);
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
        "with " + FailureText.count(count, "attempt"),
        "was sent in " + FailureText.count(actual.attempts(), "attempt"));
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

  @Override
  protected HandlerEvent event() {
    return actual.event();
  }

  private SentEventAssert meets(boolean asExpected, String phrase, String difference) {
    if (!asExpected) {
      FailureText text =
          FailureText.of(
                  "service",
                  Headline.of("expected a sent event ")
                      .value(phrase)
                      .words(" but it ")
                      .value(difference))
              .fact("event", actual.toString());
      throw failure("%s", text.factIfShortened("but it", difference).text());
    }
    return this;
  }
}
