package io.github.webpubsubtestkit.internal.engine;

import java.time.Duration;
import java.util.Set;

/** Stub, replaced by core. */
public record EngineConfig(String accessKey, int port) {
  public static Builder builder() {
    return new Builder();
  }

  public static final class Builder {
    private String accessKey = "";
    private int port;

    public Builder accessKey(String key) {
      this.accessKey = key;
      return this;
    }

    public Builder secondaryAccessKey(String key) {
      return this;
    }

    public Builder host(String host) {
      return this;
    }

    public Builder port(int port) {
      this.port = port;
      return this;
    }

    public Builder anonymousAllowed(boolean on) {
      return this;
    }

    public Builder nullFromUserId(boolean on) {
      return this;
    }

    public Builder omitNullUserId(boolean on) {
      return this;
    }

    public Builder checkAudienceHost(boolean on) {
      return this;
    }

    public Builder strictAudience(boolean on) {
      return this;
    }

    public Builder acceptUnvalidatedEntraTokens(boolean on) {
      return this;
    }

    public Builder anyApiVersion(boolean on) {
      return this;
    }

    public Builder decodeSlash(boolean on) {
      return this;
    }

    public Builder requireContentLength(boolean on) {
      return this;
    }

    public Builder acceptOfflineUsers(boolean on) {
      return this;
    }

    public Builder accessKeyGenerateToken(boolean on) {
      return this;
    }

    public Builder closeOnOverflow(boolean on) {
      return this;
    }

    public Builder maxQueuedMessages(int max) {
      return this;
    }

    public Builder maxQueuedBytes(long max) {
      return this;
    }

    public Builder tokenClockSkew(Duration skew) {
      return this;
    }

    public Builder timelineLimits(int entries, long bytes) {
      return this;
    }

    public Builder additionalHostNames(Set<String> names) {
      return this;
    }

    public EngineConfig build() {
      return new EngineConfig(accessKey, port);
    }
  }
}
