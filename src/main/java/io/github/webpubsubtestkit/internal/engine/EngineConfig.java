package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.gateway.GatewayOptions;
import io.github.webpubsubtestkit.internal.hub.HubOptions;
import io.github.webpubsubtestkit.internal.rest.RestOptions;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.TokenSettings;
import io.github.webpubsubtestkit.internal.upstream.UpstreamOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one fake is made of.
 *
 * @param keys the access keys
 * @param host the address to bind
 * @param publishedHost the host by which the fake names itself; null for the one that it binds
 * @param port the port to bind, 0 for any free one
 * @param gateway the switches of the client endpoint
 * @param hub the switches of the hubs
 * @param tokens how strictly tokens are checked
 * @param rest the switches of the REST API
 * @param upstream how event handlers are called
 * @param maxQueuedMessages messages that may wait for a client that does not read (client-protocols
 *     C.2)
 * @param maxQueuedBytes bytes that may wait for it
 * @param keepAliveInterval how often clients are pinged; null for never (client-protocols I.4)
 * @param maxFrameBytes a longer message is sent in fragments of that size (client-protocols D18)
 * @param timelineEntries entries that the timeline keeps
 * @param timelineBytes bytes that the timeline keeps
 */
public record EngineConfig(
    AccessKeys keys,
    String host,
    @Nullable String publishedHost,
    int port,
    GatewayOptions gateway,
    HubOptions hub,
    TokenSettings tokens,
    RestOptions rest,
    UpstreamOptions upstream,
    int maxQueuedMessages,
    long maxQueuedBytes,
    @Nullable Duration keepAliveInterval,
    int maxFrameBytes,
    int timelineEntries,
    long timelineBytes) {

  /** A builder with all defaults: any free port of 127.0.0.1 and a new random access key. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects what differs from the defaults. Each method checks its value and says what is allowed.
   */
  public static final class Builder {

    private @Nullable String accessKey;
    private @Nullable String secondaryAccessKey;
    private String host = "127.0.0.1";
    private @Nullable String publishedHost;
    private int port;
    private Duration clockSkew = TokenSettings.defaults().clockSkew();
    private final Set<String> additionalHosts = new LinkedHashSet<>();
    private final Set<Switch> on = EnumSet.of(Switch.CHECK_AUDIENCE_HOST, Switch.VALIDATE_HANDLERS);
    private int rawFailureCloseCode = HubOptions.defaults().rawFailureCloseCode();
    private Duration recoveryWindow = HubOptions.defaults().recoveryWindow();
    private List<Duration> handlerRetryDelays = UpstreamOptions.defaults().retryDelays();
    private Duration handlerDeadline = UpstreamOptions.defaults().handlerDeadline();
    private Duration validationDeadline = UpstreamOptions.defaults().validationDeadline();
    private int maxQueuedMessages = 1_000;
    private long maxQueuedBytes = 16L * 1024 * 1024;
    private @Nullable Duration keepAliveInterval;
    private int maxFrameBytes = Integer.MAX_VALUE;
    private int timelineEntries = 10_000;
    private long timelineBytes = 16L * 1024 * 1024;

    private Builder() {}

    /** The primary key; default: a new random one. */
    public Builder accessKey(String key) {
      AccessKeys.of(key, null);
      accessKey = key;
      return this;
    }

    /** The secondary key; default: none. */
    public Builder secondaryAccessKey(String key) {
      AccessKeys.of(AccessKeys.random().primary(), key);
      secondaryAccessKey = key;
      return this;
    }

    /** The address to bind; default 127.0.0.1. */
    public Builder host(String host) {
      if (host.isBlank()) {
        throw new IllegalArgumentException("host must be a name or an address but is blank");
      }
      this.host = host;
      return this;
    }

    /** The host in the endpoint, if clients need another one than is bound; default none. */
    public Builder publishedHost(String host) {
      publishedHost = host;
      return this;
    }

    /** The port to bind; default 0, any free one. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be 0 (any free one) to 65535 but is " + port);
      }
      this.port = port;
      return this;
    }

    /** By how much clocks may differ; default 5 minutes. */
    public Builder tokenClockSkew(Duration skew) {
      if (skew.isNegative()) {
        throw new IllegalArgumentException("tokenClockSkew must not be negative but is " + skew);
      }
      clockSkew = skew;
      return this;
    }

    /** A further name that may stand in audiences; default none. */
    public Builder additionalHostName(String name) {
      additionalHosts.add(name);
      return this;
    }

    /**
     * Turns a switch; all but {@link Switch#CHECK_AUDIENCE_HOST} and {@link
     * Switch#VALIDATE_HANDLERS} are off by default.
     */
    public Builder turn(Switch which, boolean toOn) {
      if (toOn) {
        on.add(which);
      } else {
        on.remove(which);
      }
      return this;
    }

    /** How long a reliable connection can be recovered; default 30 s. */
    public Builder recoveryWindow(Duration window) {
      if (window.isNegative()) {
        throw new IllegalArgumentException("recoveryWindow must not be negative but is " + window);
      }
      recoveryWindow = window;
      return this;
    }

    /**
     * Messages that may wait for a client that does not read or, on a reliable connection, does not
     * acknowledge; default 1,000.
     */
    public Builder maxQueuedMessages(int max) {
      maxQueuedMessages = atLeastOne("maxQueuedMessages", max);
      return this;
    }

    /** Bytes that may wait for such a client; default 16 MiB. */
    public Builder maxQueuedBytes(long max) {
      maxQueuedBytes = atLeastOne("maxQueuedBytes", max);
      return this;
    }

    /** With what a simple client is closed when its message fails; default 1011. */
    public Builder rawFailureCloseCode(int code) {
      if (code != 1000 && code != 1011) {
        throw new IllegalArgumentException(
            "rawFailureCloseCode must be 1011 or 1000 but is " + code);
      }
      rawFailureCloseCode = code;
      return this;
    }

    /** How long to wait before each retry of an event; default three times zero. */
    public Builder handlerRetryDelays(List<Duration> delays) {
      delays.forEach(delay -> atLeastZero("a delay of handlerRetryDelays", delay));
      handlerRetryDelays = List.copyOf(delays);
      return this;
    }

    /** How long an event handler has for an event; default 100 s. */
    public Builder handlerDeadline(Duration deadline) {
      handlerDeadline = moreThanZero("handlerDeadline", deadline);
      return this;
    }

    /** How long an event handler has for a validation; default 10 s. */
    public Builder validationDeadline(Duration deadline) {
      validationDeadline = moreThanZero("validationDeadline", deadline);
      return this;
    }

    private static Duration moreThanZero(String name, Duration value) {
      if (value.isZero()) {
        throw new IllegalArgumentException(name + " must be more than 0");
      }
      return atLeastZero(name, value);
    }

    private static Duration atLeastZero(String name, Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException(name + " must not be negative but is " + value);
      }
      return value;
    }

    /** How often clients are pinged; default never. */
    public Builder keepAliveInterval(Duration interval) {
      if (interval.compareTo(Duration.ofMillis(1)) < 0) {
        throw new IllegalArgumentException(
            "keepAliveInterval must be at least 1 ms but is " + interval);
      }
      keepAliveInterval = interval;
      return this;
    }

    /** A longer message is sent in fragments of that size; default never. */
    public Builder fragmentOutgoingAbove(int bytes) {
      maxFrameBytes = atLeastOne("fragmentOutgoingAbove", bytes);
      return this;
    }

    /** What the timeline keeps; default 10,000 entries and 16 MiB. */
    public Builder timelineLimits(int entries, long bytes) {
      timelineEntries = atLeastOne("entries", entries);
      timelineBytes = atLeastOne("bytes", bytes);
      return this;
    }

    private static int atLeastOne(String name, int value) {
      return (int) atLeastOne(name, (long) value);
    }

    private static long atLeastOne(String name, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1 but is " + value);
      }
      return value;
    }

    /** The configuration. */
    public EngineConfig build() {
      return new EngineConfig(
          accessKey == null && secondaryAccessKey == null
              ? AccessKeys.random()
              : AccessKeys.of(
                  accessKey == null ? AccessKeys.random().primary() : accessKey,
                  secondaryAccessKey),
          host,
          publishedHost,
          port,
          new GatewayOptions(
              on.contains(Switch.ANONYMOUS_ALLOWED),
              on.contains(Switch.NULL_FROM_USER_ID),
              on.contains(Switch.OMIT_NULL_USER_ID),
              on.contains(Switch.KEEP_ON_CLOSE_WITHOUT_STATUS)),
          new HubOptions(
              recoveryWindow,
              maxQueuedMessages,
              maxQueuedBytes,
              on.contains(Switch.CLOSE_ON_OVERFLOW),
              on.contains(Switch.CONNECTED_AFTER_RECOVERY),
              on.contains(Switch.EXPIRE_BY_TTL),
              on.contains(Switch.DROP_ON_USER_EVENT_FAILURE),
              rawFailureCloseCode),
          new TokenSettings(
              clockSkew,
              on.contains(Switch.CHECK_AUDIENCE_HOST),
              on.contains(Switch.STRICT_AUDIENCE),
              on.contains(Switch.ACCEPT_UNVALIDATED_ENTRA_TOKENS),
              additionalHosts),
          new RestOptions(
              on.contains(Switch.ANY_API_VERSION),
              on.contains(Switch.DECODE_SLASH),
              on.contains(Switch.REQUIRE_CONTENT_LENGTH),
              on.contains(Switch.ACCEPT_OFFLINE_USERS),
              on.contains(Switch.ACCESS_KEY_GENERATE_TOKEN)),
          new UpstreamOptions(
              on.contains(Switch.ORIGIN_WITH_PORT),
              on.contains(Switch.SPLIT_ALLOWED_ORIGIN),
              on.contains(Switch.VALIDATE_HANDLERS),
              on.contains(Switch.FORWARD_CONNECT_ERROR_BODY),
              handlerRetryDelays,
              handlerDeadline,
              validationDeadline),
          maxQueuedMessages,
          maxQueuedBytes,
          keepAliveInterval,
          maxFrameBytes,
          timelineEntries,
          timelineBytes);
    }
  }
}
