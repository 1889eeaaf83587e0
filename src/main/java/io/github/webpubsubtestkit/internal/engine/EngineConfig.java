package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.gateway.GatewayOptions;
import io.github.webpubsubtestkit.internal.rest.RestOptions;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.TokenSettings;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one fake is made of.
 *
 * @param keys the access keys
 * @param host the address to bind, a loopback address
 * @param port the port to bind, 0 for any free one
 * @param gateway the switches of the client endpoint
 * @param tokens how strictly tokens are checked
 * @param rest the switches of the REST API
 * @param maxQueuedMessages messages that may wait for a client that does not read (client-protocols
 *     C.2)
 * @param maxQueuedBytes bytes that may wait for it
 * @param timelineEntries entries that the timeline keeps
 * @param timelineBytes bytes that the timeline keeps
 */
public record EngineConfig(
    AccessKeys keys,
    String host,
    int port,
    GatewayOptions gateway,
    TokenSettings tokens,
    RestOptions rest,
    int maxQueuedMessages,
    long maxQueuedBytes,
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
    private int port;
    private boolean anonymousAllowed;
    private boolean nullFromUserId;
    private boolean omitNullUserId;
    private Duration clockSkew = TokenSettings.defaults().clockSkew();
    private boolean checkAudienceHost = true;
    private boolean strictAudience;
    private boolean acceptUnvalidatedEntraTokens;
    private Set<String> additionalHosts = Set.of();
    private boolean anyApiVersion;
    private boolean decodeSlash;
    private boolean requireContentLength;
    private boolean acceptOfflineUsers;
    private boolean accessKeyGenerateToken;
    private int maxQueuedMessages = 1_000;
    private long maxQueuedBytes = 16L * 1024 * 1024;
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

    /** The port to bind; default 0, any free one. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be 0 (any free one) to 65535 but is " + port);
      }
      this.port = port;
      return this;
    }

    /** Clients may connect without a token; default off. */
    public Builder anonymousAllowed(boolean on) {
      anonymousAllowed = on;
      return this;
    }

    /** {@code "fromUserId":null} for senders without user id; default off. */
    public Builder nullFromUserId(boolean on) {
      nullFromUserId = on;
      return this;
    }

    /** No {@code userId} in {@code connected} if there is none; default off. */
    public Builder omitNullUserId(boolean on) {
      omitNullUserId = on;
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

    /** Whether the authority of a token's audience counts; default on. */
    public Builder checkAudienceHost(boolean on) {
      checkAudienceHost = on;
      return this;
    }

    /** The audience rule of Microsoft's emulator alone; default off. */
    public Builder strictAudience(boolean on) {
      strictAudience = on;
      return this;
    }

    /** Entra tokens pass with a check of audience and lifetime only; default off. */
    public Builder acceptUnvalidatedEntraTokens(boolean on) {
      acceptUnvalidatedEntraTokens = on;
      return this;
    }

    /** Further names in audiences; default none. */
    public Builder additionalHostNames(Set<String> names) {
      additionalHosts = Set.copyOf(names);
      return this;
    }

    /** Any {@code api-version} is taken; default off. */
    public Builder anyApiVersion(boolean on) {
      anyApiVersion = on;
      return this;
    }

    /** {@code %2F} in a path means a slash; default off. */
    public Builder decodeSlash(boolean on) {
      decodeSlash = on;
      return this;
    }

    /** Chunked sends are refused; default off. */
    public Builder requireContentLength(boolean on) {
      requireContentLength = on;
      return this;
    }

    /** Adding an offline user to a group is answered 200; default off. */
    public Builder acceptOfflineUsers(boolean on) {
      acceptOfflineUsers = on;
      return this;
    }

    /** {@code :generateToken} takes access-key tokens; default off. */
    public Builder accessKeyGenerateToken(boolean on) {
      accessKeyGenerateToken = on;
      return this;
    }

    /** Messages that may wait for a client that does not read; default 1,000. */
    public Builder maxQueuedMessages(int max) {
      maxQueuedMessages = atLeastOne("maxQueuedMessages", max);
      return this;
    }

    /** Bytes that may wait for a client that does not read; default 16 MiB. */
    public Builder maxQueuedBytes(long max) {
      maxQueuedBytes = atLeastOne("maxQueuedBytes", max);
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
          port,
          new GatewayOptions(anonymousAllowed, nullFromUserId, omitNullUserId),
          new TokenSettings(
              clockSkew,
              checkAudienceHost,
              strictAudience,
              acceptUnvalidatedEntraTokens,
              additionalHosts),
          new RestOptions(
              anyApiVersion,
              decodeSlash,
              requireContentLength,
              acceptOfflineUsers,
              accessKeyGenerateToken),
          maxQueuedMessages,
          maxQueuedBytes,
          timelineEntries,
          timelineBytes);
    }
  }
}
