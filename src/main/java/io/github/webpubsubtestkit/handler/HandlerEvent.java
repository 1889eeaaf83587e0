package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.expect.Arrival;
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
 * An event that the service brought to an {@link EventHandlerStub}. Immutable.
 *
 * <p>It is one of {@link ConnectEvent}, {@link ConnectedEvent}, {@link DisconnectedEvent} and
 * {@link UserEvent}, and carries exactly what an application gets over HTTP.
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
   * The name: {@code connect}, {@code connected}, {@code disconnected}, or that of a user event,
   * which is {@code message} for what simple clients send.
   *
   * @return the name in the client's spelling
   * @since 0.1
   */
  public String name() {
    return header("ce-eventName").orElse("");
  }

  /**
   * Returns whether the service itself raised it, and not a client by a message.
   *
   * @return true for {@code connect}, {@code connected} and {@code disconnected}
   * @since 0.1
   */
  public boolean isSystemEvent() {
    return true;
  }

  /**
   * The hub.
   *
   * @return its name in lower case
   * @since 0.1
   */
  public String hub() {
    return header("ce-hub").orElse("");
  }

  /**
   * The connection it is about.
   *
   * @return the connection's id
   * @since 0.1
   */
  public String connectionId() {
    return header("ce-connectionId").orElse("");
  }

  /**
   * The user of the connection.
   *
   * @return empty if it has none
   * @since 0.1
   */
  public Optional<String> userId() {
    return header("ce-userId");
  }

  /**
   * The subprotocol of the connection.
   *
   * @return empty for a simple client, and while the service asks about {@code connect}
   * @since 0.1
   */
  public Optional<String> subprotocol() {
    return header("ce-subprotocol");
  }

  /**
   * The state that an earlier answer gave to the connection.
   *
   * @return empty if there was none; the text may be empty as well
   * @since 0.1
   */
  public Optional<String> state() {
    return header("ce-connectionState");
  }

  /**
   * The number of the event within its connection: 0 for {@code connect}, 1 for {@code connected},
   * then upwards. The same again when the service tries a failed call once more.
   *
   * @return the number
   * @since 0.1
   */
  public int eventId() {
    return Integer.parseInt(header("ce-id").orElse("-1"));
  }

  /**
   * A header line of the request.
   *
   * @param name in any case
   * @return the first line of that name, or empty
   * @since 0.1
   */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /**
   * All header lines of the request.
   *
   * @return by name, in any case; unmodifiable
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
   * The body of the request.
   *
   * @return a copy
   * @since 0.1
   */
  public byte[] body() {
    return body.clone();
  }

  /**
   * When it came, on the time line of its fake.
   *
   * @return the time since the fake was started
   * @since 0.1
   */
  public Duration receivedAt() {
    return receivedAt;
  }

  /**
   * For AssertJ, which calls it in {@code assertThat(event)}.
   *
   * @return an assertion on this event
   * @since 0.1
   */
  @Override
  public HandlerEventAssert assertThat() {
    return new HandlerEventAssert(this);
  }

  /** Time, name, connection and content in one line. */
  @Override
  public String toString() {
    return Secrets.mask(
        Timeline.seconds(receivedAt) + " " + String.join(" ", columns()) + " " + content());
  }

  /** The bytes themselves; not to be changed. */
  byte[] bytes() {
    return body;
  }

  /** What it carries, for people. */
  abstract String content();

  Arrival arrival(List<String> notes) {
    return new Arrival(receivedAt, columns(), content(), notes, !notes.isEmpty());
  }

  private List<String> columns() {
    return List.of(
        name() + (isSystemEvent() ? "" : " (user event)"),
        userId().map(user -> "user " + user).orElse("no user"),
        "connection " + connectionId());
  }
}
