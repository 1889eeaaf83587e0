package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.handler.HandlerEvent;
import io.github.webpubsubtestkit.handler.UserEvent;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.Delivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * An event that a fake sent to an event handler, the application's or a stub, and what came of it.
 *
 * <p>Immutable: it exists once the handler has answered, after all attempts, or has failed to.
 *
 * @since 0.1
 */
public final class SentEvent implements AssertProvider<SentEventAssert> {

  private final Delivery delivery;
  private final Function<Delivery, HandlerEvent> parser;
  private volatile @Nullable HandlerEvent event; // parsed when it is first asked for

  SentEvent(Delivery delivery, Function<Delivery, HandlerEvent> parser) {
    this.delivery = delivery;
    this.parser = parser;
  }

  /**
   * Returns the event as the handler got it: its name, user, headers and data.
   *
   * @return the event
   * @since 0.1
   */
  public HandlerEvent event() {
    HandlerEvent parsed = event;
    if (parsed == null) {
      parsed = parser.apply(delivery);
      event = parsed;
    }
    return parsed;
  }

  /**
   * Returns where it was sent.
   *
   * @return the URL of the handler; for a stub one that begins with {@code
   *     http://event-handler-stub/}
   * @since 0.1
   */
  public URI url() {
    return delivery.request().uri();
  }

  /**
   * Returns how often it was sent, retries included.
   *
   * @return at least 1
   * @since 0.1
   */
  public int attempts() {
    return delivery.attempts();
  }

  /**
   * Returns the HTTP status of the answer to the last attempt.
   *
   * @return the status; empty if there was no answer
   * @since 0.1
   */
  public OptionalInt status() {
    HttpResponse response = delivery.result().response();
    return response == null ? OptionalInt.empty() : OptionalInt.of(response.status());
  }

  /**
   * Returns why there was no answer to the last attempt, for example {@code no answer within 5 s}.
   *
   * @return the reason; empty if there was an answer
   * @since 0.1
   */
  public Optional<String> failure() {
    return Optional.ofNullable(delivery.result().failure());
  }

  /**
   * Returns a header of the request.
   *
   * @param name the name, case-insensitive
   * @return its first value; empty if there is none
   * @since 0.1
   */
  public Optional<String> header(String name) {
    notNull(name, "header", "name");
    return event().header(name);
  }

  /**
   * Returns assertions on this event; tests use {@code assertThat(event)}.
   *
   * @return the assertions
   * @since 0.1
   */
  @Override
  public SentEventAssert assertThat() {
    return new SentEventAssert(this);
  }

  boolean isSuccessful() {
    return status().isPresent() && status().getAsInt() / 100 == 2;
  }

  /** The size of what it keeps. */
  long size() {
    HttpResponse response = delivery.result().response();
    return delivery.request().body().length + (response == null ? 0L : response.body().length);
  }

  /** {@code answered 204}, {@code no answer: connection refused (4 attempts)}. */
  String outcome() {
    String often = attempts() > 1 ? " (" + attempts() + " attempts)" : "";
    return failure()
            .map(why -> "no answer: " + why)
            .orElseGet(() -> "answered " + status().getAsInt())
        + often;
  }

  /** Its name, user, connection and handler, to be aligned with those of others. */
  List<String> columns() {
    HandlerEvent event = event();
    return List.of(
        event.name() + (event.isSystemEvent() ? "" : " (user event)"),
        event.userId().map(user -> "user " + FailureText.quotedContent(user)).orElse("no user"),
        "connection " + event.connectionId(),
        outcome());
  }

  /** The data of a client's event. */
  String content() {
    if (!(event() instanceof UserEvent sent)) {
      return "";
    }
    return switch (sent.contentType()) {
      case "text/plain" -> "text " + FailureText.quotedContent(body(sent));
      case "application/json" -> "json " + FailureText.content(body(sent));
      default -> Bytes.describe(sent.body());
    };
  }

  private static String body(UserEvent event) {
    return new String(event.body(), StandardCharsets.UTF_8);
  }

  /** Returns time, name, connection, outcome, content and handler on one line. */
  @Override
  public String toString() {
    String content = content();
    return Secrets.mask(
        Timeline.seconds(delivery.at())
            + " "
            + String.join("  ", columns())
            + (content.isEmpty() ? "" : "  " + content)
            + "  "
            + delivery.request());
  }

  Delivery delivery() {
    return delivery;
  }
}
