package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Creates client URLs like the portal's generator (client-protocols A.1, A.2, B.5). */
final class ClientUrls {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final URI endpoint;
  private final WebSocketAddress nearest;
  private final TokenMinter tokens;
  private final String defaultHub;

  /**
   * Creates the URLs of a fake.
   *
   * @param nearestAuthority the authority by which this machine itself reaches the endpoint
   */
  ClientUrls(URI endpoint, String nearestAuthority, TokenMinter tokens, String defaultHub) {
    this.endpoint = endpoint;
    this.nearest = WebSocketAddress.of(URI.create(scheme(endpoint) + nearestAuthority));
    this.tokens = tokens;
    this.defaultHub = defaultHub;
  }

  /** The URL, with a token unless the options exclude it. */
  URI url(ConnectOptions options) {
    return URI.create(scheme(endpoint) + endpoint.getRawAuthority() + target(options));
  }

  private static String scheme(URI endpoint) {
    return "https".equals(endpoint.getScheme()) ? "wss://" : "ws://";
  }

  /** The path and query. */
  private String target(ConnectOptions options) {
    StringBuilder url = new StringBuilder("/client/hubs/").append(encode(hub(options)));
    char separator = '?';
    Optional<String> token = options.isTokenInHeader() ? Optional.empty() : token(options);
    if (token.isPresent()) {
      boolean given = options.accessToken().isPresent(); // one of our own needs no encoding
      url.append(separator).append("access_token=");
      url.append(given ? encode(token.get()) : token.get());
      separator = '&';
    }
    for (var parameter : options.queryParameters().entrySet()) {
      for (String value : parameter.getValue()) {
        url.append(separator).append(encode(parameter.getKey())).append('=').append(encode(value));
        separator = '&';
      }
    }
    return url.toString();
  }

  /** The options, with the token for the header, if any. */
  ConnectOptions withToken(ConnectOptions options) {
    return options.isTokenInHeader()
        ? token(options).map(options::accessToken).orElse(options)
        : options;
  }

  /** Returns whether a URL leads to this fake. */
  boolean isOwn(URI clientUrl) {
    String host = clientUrl.getHost();
    return host != null
        && clientUrl.getPort() == endpoint.getPort()
        && (host.equalsIgnoreCase(endpoint.getHost())
            || LOOPBACK.contains(host.toLowerCase(Locale.ROOT)));
  }

  /**
   * The address by which the kit's own clients connect: a fake that listens on all addresses is
   * reached by the loopback address, so that neither a network nor a firewall is involved.
   */
  WebSocketAddress nearest(ConnectOptions options) {
    return nearest.withTarget(target(options));
  }

  /** Does the same for a URL that may lead elsewhere. */
  WebSocketAddress nearest(URI clientUrl) {
    WebSocketAddress given = WebSocketAddress.of(clientUrl);
    String host = given.host();
    if (host == null || !isOwn(clientUrl) || !host.equalsIgnoreCase(endpoint.getHost())) {
      return given;
    }
    String user = clientUrl.getRawUserInfo();
    return new WebSocketAddress(
        given.scheme(),
        (user == null ? "" : user + "@") + nearest.authority(),
        nearest.host(),
        nearest.port(),
        given.target());
  }

  private Optional<String> token(ConnectOptions options) {
    if (options.isWithoutToken()) {
      return Optional.empty();
    }
    Optional<String> given = options.accessToken();
    return given.isPresent() ? given : Optional.of(mint(options));
  }

  private String mint(ConnectOptions options) {
    String audience = endpoint + "/client/hubs/" + hub(options);
    String userId = options.userId().orElse(null);
    String key = options.signingKey().orElse(null);
    return key == null
        ? tokens.clientToken(
            audience, userId, options.roles(), options.groups(), options.expiresIn())
        : tokens.clientTokenSignedWith(
            key, audience, userId, options.roles(), options.groups(), options.expiresIn());
  }

  private String hub(ConnectOptions options) {
    return options.hub().orElse(defaultHub);
  }

  private static String encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
      }
    }
    return text; // as tokens and most names
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
