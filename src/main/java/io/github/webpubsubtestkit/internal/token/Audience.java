package io.github.webpubsubtestkit.internal.token;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One candidate for an audience: a parsed absolute URL.
 *
 * @param scheme lower case
 * @param authority host and port as written
 * @param rest path and query as written
 */
record Audience(String scheme, String authority, String rest) {

  private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

  /** Parses a URL; null if it is invalid or has another scheme. */
  static @Nullable Audience parse(String url) {
    int colon = url.indexOf("://");
    if (colon < 0) {
      return null;
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      return null;
    }
    int from = colon + 3;
    int end = from;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return new Audience(scheme, url.substring(from, end), url.substring(end));
  }

  /** The path without the query. */
  String path() {
    int query = rest.indexOf('?');
    return query < 0 ? rest : rest.substring(0, query);
  }

  /** The authority in the form returned by {@link #normalized}. */
  String normalizedAuthority() {
    return normalized(scheme, authority);
  }

  /** Lower case, without the default port of the scheme. */
  static String normalized(String scheme, String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    String defaultPort = scheme.equals("http") || scheme.equals("ws") ? ":80" : ":443";
    return lower.endsWith(defaultPort)
        ? lower.substring(0, lower.length() - defaultPort.length())
        : lower;
  }
}
