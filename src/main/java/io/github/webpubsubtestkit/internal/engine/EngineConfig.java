package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one fake.
 *
 * @param keys the access keys
 * @param host the address to bind
 * @param port the port to bind, 0 for any free one
 * @param options the options
 * @param identity the key and certificates of a fake with TLS; null for plain HTTP
 */
public record EngineConfig(
    AccessKeys keys, String host, int port, Options options, @Nullable TlsIdentity identity) {

  /** What connections from the fake's own loop trust. */
  SSLContext trust() {
    return TlsIdentity.trusted(identity);
  }

  /** A builder with all defaults: any free port of 127.0.0.1 and a new random access key. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects values that differ from the defaults. Each method checks its value and states what is
   * allowed.
   */
  public static final class Builder {

    private @Nullable String accessKey;
    private @Nullable String secondaryAccessKey;
    private String host = "127.0.0.1";
    private int port;
    private @Nullable TlsIdentity identity;
    private final Options.Builder options = Options.builder();

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

    /** The address to bind, 0.0.0.0 or :: for all of this machine; default 127.0.0.1. */
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

    /** The key and certificates, for TLS on the port; default: none, for plain HTTP. */
    public Builder identity(@Nullable TlsIdentity identity) {
      this.identity = identity;
      return this;
    }

    /** The options, to be changed; all at their defaults at first. */
    public Options.Builder options() {
      return options;
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
          options.build(),
          identity);
    }
  }
}
