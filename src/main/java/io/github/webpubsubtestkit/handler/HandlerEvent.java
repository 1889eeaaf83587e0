package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.AssertProvider;

/**
 * An event that the service sent to an {@link EventHandlerStub}. Immutable.
 *
 * <p>It is one of {@link ConnectEvent}, {@link ConnectedEvent}, {@link DisconnectedEvent} and
 * {@link UserEvent}, and contains exactly the data an application receives over HTTP.
 *
 * <pre>{@code
 * HandlerEvent first = handler.events().get(0);
 * assertThat(first).isFromUser("alice").hasState("step-2");
 * }</pre>
 *
 * @since 0.1
 */
public abstract class HandlerEvent implements AssertProvider<HandlerEventAssert> {

  private final HttpHeaders headers;
  private final byte[] body;
  private final Duration receivedAt;

  HandlerEvent(HttpHeaders headers, byte[] body, Duration receivedAt) {
    this.headers = headers;
    this.body = body;
    this.receivedAt = receivedAt;
  }

  /**
   * Returns the name: {@code connect}, {@code connected}, {@code disconnected}, or that of a user
   * event, which is {@code message} for messages of simple clients.
   *
   * @return the name in the client's spelling
   * @since 0.1
   */
  public String name() {
    return header("ce-eventName").orElse("");
  }

  /**
   * Returns whether the service itself raised it, rather than a client by a message.
   *
   * @return true for {@code connect}, {@code connected} and {@code disconnected}
   * @since 0.1
   */
  public boolean isSystemEvent() {
    return true;
  }

  /**
   * Returns the hub.
   *
   * @return its name in lower case
   * @since 0.1
   */
  public String hub() {
    return header("ce-hub").orElse("");
  }

  /**
   * Returns the connection of the event.
   *
   * @return the connection's id
   * @since 0.1
   */
  public String connectionId() {
    return header("ce-connectionId").orElse("");
  }

  /**
   * Returns the user of the connection.
   *
   * @return the user, if any
   * @since 0.1
   */
  public Optional<String> userId() {
    return header("ce-userId");
  }

  /**
   * Returns the subprotocol of the connection.
   *
   * @return the subprotocol; empty for a simple client, and for {@code connect}
   * @since 0.1
   */
  public Optional<String> subprotocol() {
    return header("ce-subprotocol");
  }

  /**
   * Returns the state that an earlier answer gave to the connection.
   *
   * @return the state, if any; the text may be empty
   * @since 0.1
   */
  public Optional<String> state() {
    return header("ce-connectionState");
  }

  /**
   * Returns the number of the event within its connection: 0 for {@code connect}, 1 for {@code
   * connected}, then increasing. A retry has the number of the failed call.
   *
   * @return the number
   * @since 0.1
   */
  public int eventId() {
    return Integer.parseInt(header("ce-id").orElse("-1"));
  }

  /**
   * Returns a header of the request.
   *
   * @param name the name, case-insensitive
   * @return the value of the first header of that name, if any
   * @since 0.1
   */
  public Optional<String> header(String name) {
    notNull(name, "header", "name");
    return headers.first(name);
  }

  /**
   * Returns all headers of the request.
   *
   * @return the values by case-insensitive name; unmodifiable
   * @since 0.1
   */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpHeaders.Field field : headers.fields()) {
      all.computeIfAbsent(field.name(), name -> new ArrayList<>(1)).add(field.value());
    }
    return Collections.unmodifiableMap(all);
  }

  /**
   * Returns the body of the request.
   *
   * @return a copy
   * @since 0.1
   */
  public byte[] body() {
    return body.clone();
  }

  /**
   * Returns the time at which it arrived, on the timeline of its fake.
   *
   * @return the time since the start of the fake
   * @since 0.1
   */
  public Duration receivedAt() {
    return receivedAt;
  }

  /**
   * Supports {@code assertThat(event)} of AssertJ.
   *
   * @return an assertion on this event
   * @since 0.1
   */
  @Override
  public HandlerEventAssert assertThat() {
    return new HandlerEventAssert(this);
  }

  /** Returns time, name, connection and content on one line. */
  @Override
  public String toString() {
    return Secrets.mask(
        Timeline.seconds(receivedAt) + " " + String.join(" ", columns()) + " " + content());
  }

  /** The bytes themselves, which must not be modified. */
  byte[] bytes() {
    return body;
  }

  /** Why the connection ended; empty if this is no event of an end. */
  Optional<String> reasonOfEnd() {
    return Optional.empty();
  }

  /** A readable description of its content. */
  abstract String content();

  Arrival arrival(List<String> notes) {
    return new Arrival(receivedAt, columns(), summary(), notes, !notes.isEmpty());
  }

  /** The content in a list of events. */
  String summary() {
    return content();
  }

  private List<String> columns() {
    return List.of(
        name() + (isSystemEvent() ? "" : " (user event)"),
        userId().map(user -> "user " + FailureText.quotedContent(user)).orElse("no user"),
        "connection " + connectionId());
  }
}
