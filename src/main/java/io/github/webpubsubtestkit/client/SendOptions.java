package io.github.webpubsubtestkit.client;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link PubSubClient} can say about a message besides its content. Immutable: every method
 * returns a changed copy.
 *
 * <pre>{@code
 * alice.sendToGroup("room", "hi", SendOptions.defaults().noEcho().metadata("lang", "en"));
 * }</pre>
 *
 * @since 0.1
 */
public final class SendOptions {

  private static final SendOptions DEFAULTS = new SendOptions(false, Map.of(), Duration.ZERO);

  private final boolean noEcho;
  private final Map<String, String> metadata;
  private final Duration ttl;

  private SendOptions(boolean noEcho, Map<String, String> metadata, Duration ttl) {
    this.noEcho = noEcho;
    this.metadata = metadata;
    this.ttl = ttl;
  }

  /**
   * Nothing special: a member gets its own message too, no metadata, no limit of time.
   *
   * @return the options
   * @since 0.1
   */
  public static SendOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Spares the sender a copy of its own message. Only for sending to groups.
   *
   * @return changed options
   * @since 0.1
   */
  public SendOptions noEcho() {
    return new SendOptions(true, metadata, ttl);
  }

  /**
   * Adds metadata; a key given again gets the new value. Keys and values are not checked here, so
   * that a test can see what the service makes of them.
   *
   * @param key the key
   * @param value the value
   * @return changed options
   * @since 0.1
   */
  public SendOptions metadata(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
    return new SendOptions(noEcho, Collections.unmodifiableMap(more), ttl);
  }

  /**
   * How long the service may keep the message for a receiver that is away. Default: without limit.
   * Only for sending to groups.
   *
   * @param ttl whole seconds; the service takes 0 (no limit) to 300
   * @return changed options
   * @throws IllegalArgumentException if it is not a number of whole seconds that fits an int
   * @since 0.1
   */
  public SendOptions ttl(Duration ttl) {
    if (ttl.getNano() != 0 || ttl.getSeconds() != (int) ttl.getSeconds()) {
      throw new IllegalArgumentException(
          "ttl must be a number of whole seconds (the service takes 0 to 300) but is " + ttl);
    }
    return new SendOptions(noEcho, metadata, ttl);
  }

  boolean isNoEcho() {
    return noEcho;
  }

  /** The payload with this metadata; none at all rather than an empty map. */
  Payload applyTo(Payload payload) {
    return metadata.isEmpty() ? payload : payload.withMetadata(metadata);
  }

  int ttlSeconds() {
    return (int) ttl.toSeconds();
  }
}
