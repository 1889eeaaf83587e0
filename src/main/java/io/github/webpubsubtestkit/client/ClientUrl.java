package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.transport.ClientHandshake;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client URL, parsed as far as a client needs it (client-protocols A.1, A.2). */
final class ClientUrl {

  private static final String HUBS = "/client/hubs/";

  private final WebSocketAddress url;

  private ClientUrl(WebSocketAddress url) {
    this.url = url;
  }

  /**
   * Parses a URL to connect to.
   *
   * @throws IllegalArgumentException if it is not a {@code ws://} or {@code wss://} URL with a host
   */
  static ClientUrl of(WebSocketAddress url) {
    if (!url.isValid()) {
      throw new IllegalArgumentException(
          "a client URL must be like ws://127.0.0.1:8080/client/hubs/hub?access_token=… but is "
              + url);
    }
    return new ClientUrl(url);
  }

  /** The hub in the path or in the query, if any. */
  Optional<String> hub() {
    String path = url.path();
    if (path.startsWith(HUBS) && path.length() > HUBS.length()) {
      return decoded(path.substring(HUBS.length()));
    }
    return parameters().stream()
        .filter(each -> isNamed(each, "hub"))
        .findFirst()
        .flatMap(ClientUrl::value)
        .filter(name -> !name.isEmpty());
  }

  /** The handshake to send; a token for the header is removed from the query. */
  ClientHandshake handshake(ConnectOptions options, List<String> subprotocols) {
    if (!options.isTokenInHeader()) {
      return new ClientHandshake(url, HttpHeaders.none(), subprotocols);
    }
    Optional<String> token =
        parameters().stream()
            .filter(each -> isNamed(each, "access_token"))
            .findFirst()
            .flatMap(ClientUrl::value)
            .or(options::accessToken);
    HttpHeaders headers =
        token
            .map(each -> HttpHeaders.of("Authorization", "Bearer " + each))
            .orElse(HttpHeaders.none());
    return new ClientHandshake(withoutToken(), headers, subprotocols);
  }

  /**
   * The handshake that recovers a connection (client-protocols A.2, F.4): the original URL with the
   * connection's id and token.
   */
  ClientHandshake recovery(ConnectOptions options, String connectionId, String token) {
    WebSocketAddress asked =
        url.withTarget(
            url.target()
                + (url.query() == null ? "?" : "&")
                + "awps_connection_id="
                + URLEncoder.encode(connectionId, StandardCharsets.UTF_8)
                + "&awps_reconnection_token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8));
    return new ClientUrl(asked).handshake(options, List.of(options.protocol().subprotocol()));
  }

  private WebSocketAddress withoutToken() {
    if (url.query() == null) {
      return url;
    }
    List<String> others =
        parameters().stream().filter(each -> !isNamed(each, "access_token")).toList();
    return url.withTarget(
        others.isEmpty() ? url.path() : url.path() + "?" + String.join("&", others));
  }

  private List<String> parameters() {
    String query = url.query();
    return query == null ? List.of() : List.of(query.split("&", -1));
  }

  private static boolean isNamed(String parameter, String name) {
    int end = parameter.indexOf('=');
    String own = end < 0 ? parameter : parameter.substring(0, end);
    return own.toLowerCase(Locale.ROOT).equals(name);
  }

  private static Optional<String> value(String parameter) {
    int end = parameter.indexOf('=');
    return end < 0 ? Optional.empty() : decoded(parameter.substring(end + 1));
  }

  private static Optional<String> decoded(String raw) {
    try {
      return Optional.of(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException badEscape) {
      return Optional.of(raw);
    }
  }
}
