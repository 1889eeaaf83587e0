package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The address of a WebSocket, by its parts: parsing a URL with a token costs a young JVM more than
 * the handshake.
 *
 * @param scheme {@code ws} or {@code wss}; of any other, or of null, it is invalid
 * @param authority host and port as written
 * @param host the host of the authority, an IPv6 address in brackets; null if it has none
 * @param port the port of the authority; negative for the scheme's default
 * @param target raw path and query, which are sent unchanged; {@code /} is added to an empty path
 */
public record WebSocketAddress(
    @Nullable String scheme,
    @Nullable String authority,
    @Nullable String host,
    int port,
    String target) {

  /** The address that a URL names. */
  public static WebSocketAddress of(URI url) {
    return new WebSocketAddress(
        url.getScheme(),
        url.getRawAuthority(),
        url.getHost(),
        url.getPort(),
        RequestWriter.target(url));
  }

  /** Returns whether a WebSocket can be opened there. */
  public boolean isValid() {
    return host != null && (isSecure() || "ws".equalsIgnoreCase(scheme));
  }

  boolean isSecure() {
    return "wss".equalsIgnoreCase(scheme);
  }

  /** The same server with another path and query. */
  public WebSocketAddress withTarget(String other) {
    return new WebSocketAddress(scheme, authority, host, port, other);
  }

  /** The path, raw. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The query, raw; null if there is none. */
  public @Nullable String query() {
    int query = target.indexOf('?');
    return query < 0 ? null : target.substring(query + 1);
  }

  /** The whole URL, with its secrets. */
  public String url() {
    return (scheme == null ? "" : scheme + ":")
        + (authority == null ? "" : "//" + authority)
        + target;
  }

  /** The whole URL, without its secrets. */
  @Override
  public String toString() {
    return Secrets.mask(url());
  }
}
