package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Creates client URLs like the portal's generator (client-protocols A.1, A.2, B.5). */
final class ClientUrls {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final URI endpoint;
  private final String nearestAuthority;
  private final TokenMinter tokens;
  private final String defaultHub;

  /**
   * Creates the URLs of a fake.
   *
   * @param nearestAuthority the authority by which this machine itself reaches the endpoint
   */
  ClientUrls(URI endpoint, String nearestAuthority, TokenMinter tokens, String defaultHub) {
    this.nearestAuthority = nearestAuthority;
    this.endpoint = endpoint;
    this.tokens = tokens;
    this.defaultHub = defaultHub;
  }

  /** The URL, with a token unless the options exclude it. */
  URI url(ConnectOptions options) {
    StringBuilder url =
        new StringBuilder("https".equals(endpoint.getScheme()) ? "wss://" : "ws://")
            .append(endpoint.getRawAuthority())
            .append("/client/hubs/")
            .append(encode(hub(options)));
    char separator = '?';
    if (!options.isTokenInHeader()) {
      Optional<String> token = token(options);
      if (token.isPresent()) {
        url.append(separator).append("access_token=").append(encode(token.get()));
        separator = '&';
      }
    }
    for (var parameter : options.queryParameters().entrySet()) {
      for (String value : parameter.getValue()) {
        url.append(separator).append(encode(parameter.getKey())).append('=').append(encode(value));
        separator = '&';
      }
    }
    return URI.create(url.toString());
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
   * The URL by which the kit's own clients connect: a fake that listens on all addresses is reached
   * by the loopback address, so that neither a network nor a firewall is involved.
   */
  URI nearest(URI clientUrl) {
    String host = clientUrl.getHost();
    if (nearestAuthority.equals(clientUrl.getRawAuthority())
        || !isOwn(clientUrl)
        || host == null
        || !host.equalsIgnoreCase(endpoint.getHost())) {
      return clientUrl;
    }
    String user = clientUrl.getRawUserInfo();
    String near = (user == null ? "" : user + "@") + nearestAuthority;
    return URI.create(
        clientUrl
            .toString()
            .replaceFirst(
                Pattern.quote("//" + clientUrl.getRawAuthority()),
                Matcher.quoteReplacement("//" + near)));
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
