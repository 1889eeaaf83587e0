package io.github.webpubsubtestkit.internal.engine;

import org.jspecify.annotations.Nullable;

/** Stub, replaced by core. */
public record EngineConfig(@Nullable String accessKey, String host, int port) {
  public static Builder builder() {
    return new Builder();
  }

  public static final class Builder {
    private @Nullable String accessKey;
    private String host = "127.0.0.1";
    private int port;

    public Builder accessKey(String key) {
      if (key.length() < 32) {
        throw new IllegalArgumentException(
            "an access key must have 32 bytes or more, this one has " + key.length());
      }
      this.accessKey = key;
      return this;
    }

    public Builder host(String host) {
      this.host = host;
      return this;
    }

    public Builder port(int port) {
      this.port = port;
      return this;
    }

    public EngineConfig build() {
      return new EngineConfig(accessKey, host, port);
    }
  }
}
