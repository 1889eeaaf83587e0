package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of a message that a {@link PubSubClient} publishes. Start with {@link #options()},
 * designed for static import.
 *
 * <pre>{@code
 * alice.sendToGroup("room", text("hi"), options().noEcho().metadata("lang", "en"));
 * }</pre>
 *
 * <p>Immutable: every method returns a copy.
 *
 * @since 0.1
 */
public final class PublishOptions {

  private static final PublishOptions NONE = new PublishOptions(false, Map.of(), Duration.ZERO);

  private final boolean noEcho;
  private final Map<String, String> metadata;
  private final Duration timeToLive;

  private PublishOptions(boolean noEcho, Map<String, String> metadata, Duration timeToLive) {
    this.noEcho = noEcho;
    this.metadata = metadata;
    this.timeToLive = timeToLive;
  }

  /**
   * Returns the defaults: echo to a sender that is a member, no metadata, no time to live.
   *
   * @return the default options
   * @since 0.1
   */
  public static PublishOptions options() {
    return NONE;
  }

  /**
   * Suppresses the sender's copy of its own message. Only for group messages.
   *
   * @return a copy
   * @since 0.1
   */
  public PublishOptions noEcho() {
    return new PublishOptions(true, metadata, timeToLive);
  }

  /**
   * Adds metadata, replacing the value of an existing key. Keys and values are not checked here, so
   * that a test can see how the service treats them.
   *
   * @param key the key
   * @param value the value
   * @return a copy
   * @since 0.1
   */
  public PublishOptions metadata(String key, String value) {
    notNull(key, "metadata", "key");
    notNull(value, "metadata", "value");
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key, value);
    return new PublishOptions(noEcho, Collections.unmodifiableMap(more), timeToLive);
  }

  /**
   * Limits the time for which the service keeps the message for a disconnected receiver. Default:
   * no limit. Only for group messages.
   *
   * @param timeToLive whole seconds; the service accepts 0 (no limit) to 300
   * @return a copy
   * @throws IllegalArgumentException if it has fractions of a second or does not fit an int
   * @since 0.1
   */
  public PublishOptions timeToLive(Duration timeToLive) {
    notNull(timeToLive, "timeToLive", "timeToLive");
    if (timeToLive.getNano() != 0 || timeToLive.getSeconds() != (int) timeToLive.getSeconds()) {
      throw new IllegalArgumentException(
          "ttl must be a number of whole seconds (the service accepts 0 to 300) but is "
              + timeToLive);
    }
    return new PublishOptions(noEcho, metadata, timeToLive);
  }

  boolean isNoEcho() {
    return noEcho;
  }

  /** The payload with this metadata; null instead of an empty map. */
  Payload applyTo(Payload payload) {
    return metadata.isEmpty() ? payload : payload.withMetadata(metadata);
  }

  int ttlSeconds() {
    return (int) timeToLive.toSeconds();
  }
}
