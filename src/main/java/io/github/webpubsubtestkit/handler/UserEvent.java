package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A user event of a client, whose next messages wait for the answer.
 *
 * <pre>{@code
 * service.eventHandler("chat").onUserEvent("shout", event -> reply(event.text().toUpperCase()));
 * }</pre>
 *
 * @since 0.1
 */
public final class UserEvent extends HandlerEvent {

  static final String METADATA = "x-webpubsub-metadata-";

  private final ObjectMapping mapping;

  UserEvent(HttpHeaders headers, byte[] body, Duration receivedAt, ObjectMapping mapping) {
    super(headers, body, receivedAt);
    this.mapping = mapping;
  }

  @Override
  public boolean isSystemEvent() {
    return false;
  }

  /**
   * Returns the type of its data: {@code text/plain}, {@code application/json}, {@code
   * application/octet-stream} or {@code application/x-protobuf}.
   *
   * @return the media type, without parameters
   * @since 0.1
   */
  public String contentType() {
    String line = header("Content-Type").orElse("");
    int parameters = line.indexOf(';');
    return (parameters < 0 ? line : line.substring(0, parameters)).strip();
  }

  /**
   * Returns the text.
   *
   * @return the text, or the JSON text if it carries JSON
   * @throws IllegalStateException if it carries binary data
   * @since 0.1
   */
  public String text() {
    if (!isText()) {
      throw new IllegalStateException(
          "text() requires an event with a text, but this one is: " + this + "; use body()");
    }
    return new String(bytes(), UTF_8);
  }

  /**
   * The JSON value as an object, made by the application's mapper, as {@link
   * io.github.webpubsubtestkit.client.ReceivedMessage#json(Class) ReceivedMessage.json} does.
   *
   * <pre>{@code
   * handler.onUserEvent("bid", event -> reply("got " + event.json(Bid.class).amount()));
   * }</pre>
   *
   * @param <T> the type of the object
   * @param type its class
   * @return the object
   * @throws IllegalArgumentException if the value cannot be read as that; the message names the
   *     mapper
   * @throws IllegalStateException if it carries no JSON
   * @since 0.1
   */
  public <T> T json(Class<T> type) {
    notNull(type, "json", "type");
    if (!isJson()) {
      throw new IllegalStateException(
          "json(..) needs an event that carries JSON but this one is: " + this);
    }
    return UserFrames.beginning(() -> mapping.read(text(), type));
  }

  /**
   * The metadata of the client's message.
   *
   * @return the values by key in lower case; may be empty; unmodifiable
   * @since 0.1
   */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    headers()
        .forEach(
            (name, values) -> {
              String key = name.toLowerCase(Locale.ROOT);
              if (key.startsWith(METADATA)) {
                metadata.put(key.substring(METADATA.length()), values.get(values.size() - 1));
              }
            });
    return Collections.unmodifiableMap(metadata);
  }

  ObjectMapping mapping() {
    return mapping;
  }

  /** The kind of data that {@link #contentType()} says; whatever is unknown are bytes. */
  PayloadType dataType() {
    if (isJson()) {
      return PayloadType.JSON;
    }
    if (isText()) {
      return PayloadType.TEXT;
    }
    return contentType().equalsIgnoreCase("application/x-protobuf")
        ? PayloadType.PROTOBUF
        : PayloadType.BINARY;
  }

  boolean isText() {
    return isJson() || contentType().equalsIgnoreCase("text/plain");
  }

  boolean isJson() {
    return contentType().equalsIgnoreCase("application/json");
  }

  private String shownText() {
    return mapping.display().of(text());
  }

  @Override
  String content() {
    String shown =
        isJson()
            ? "json " + FailureText.content(shownText())
            : isText() ? "text " + FailureText.quotedContent(shownText()) : Bytes.describe(bytes());
    Map<String, String> metadata = metadata();
    return shown
        + (metadata.isEmpty()
            ? ""
            : "  metadata " + FailureText.content(mapping.display().of(metadata.toString())));
  }
}
