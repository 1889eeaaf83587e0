package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules for the audience of a token (client-protocols B.3, rest-api 2.2). */
final class AudienceRule {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final Options options;
  private final Supplier<URI> endpoint;

  private @Nullable URI knownEndpoint; // guarded by this
  private Set<String> knownAuthorities = Set.of(); // guarded by this

  AudienceRule(Options options, Supplier<URI> endpoint) {
    this.options = options;
    this.endpoint = endpoint;
  }

  /**
   * Returns whether an audience is the URL of the hub, compared without regard to case
   * (client-protocols B.3).
   */
  boolean allowsClient(List<String> audiences, String hub, @Nullable String host) {
    String name = hub.toLowerCase(Locale.ROOT);
    return anyCandidate(
        audiences,
        candidate -> {
          String rest = candidate.rest().toLowerCase(Locale.ROOT);
          return (rest.equals("/client/hubs/" + name)
                  || rest.equals("/client/?hub=" + name)
                  || rest.equals("/client?hub=" + name))
              && isOurs(candidate, host, false);
        });
  }

  /**
   * Returns whether an audience is the URL of the request, or one above it at a boundary (rest-api
   * 2.2).
   */
  boolean allowsRest(List<String> audiences, String rawPath, @Nullable String host) {
    String expected = withoutTrailingSlash(PercentCoding.decodeExceptSlash(rawPath));
    boolean strict = options.isOn(Option.STRICT_AUDIENCE);
    if (anyCandidate(
        audiences,
        candidate -> atBoundary(candidate.rest(), expected) && isOurs(candidate, host, strict))) {
      return true;
    }
    if (strict) {
      return false;
    }
    // SDKs sign the path as they send it; one that mixes escapes that are decoded (%20) with %2F,
    // which is not, equals neither candidate
    String decoded = withoutTrailingSlash(PercentCoding.decode(rawPath));
    for (String each : audiences) {
      Audience audience = Audience.parse(each);
      if (audience != null
          && withoutTrailingSlash(PercentCoding.decode(audience.path())).equals(decoded)
          && isOurs(audience, host, false)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyCandidate(List<String> audiences, Predicate<Audience> test) {
    for (String each : audiences) {
      Audience raw = Audience.parse(each);
      if (raw != null && test.test(raw)) {
        return true;
      }
      String decoded = PercentCoding.decode(each);
      if (!decoded.equals(each)) {
        Audience once = Audience.parse(decoded);
        if (once != null && test.test(once)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean atBoundary(String rest, String expected) {
    return rest.startsWith(expected)
        && (rest.length() == expected.length()
            || rest.charAt(expected.length()) == '/'
            || rest.charAt(expected.length()) == '?');
  }

  private static String withoutTrailingSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private boolean isOurs(Audience audience, @Nullable String host, boolean hostOnly) {
    if (!options.isOn(Option.CHECK_AUDIENCE_HOST)) {
      return true;
    }
    String authority = audience.normalizedAuthority();
    if (!hostOnly && authorities().contains(authority)) {
      return true;
    }
    return host != null && Audience.normalized(audience.scheme(), host.strip()).equals(authority);
  }

  /**
   * The part that does not depend on the request, recomputed only when the endpoint has changed.
   */
  private synchronized Set<String> authorities() {
    URI now = endpoint.get();
    if (!now.equals(knownEndpoint)) {
      String scheme = String.valueOf(now.getScheme());
      Set<String> authorities = new HashSet<>();
      authorities.add(Audience.normalized(scheme, String.valueOf(now.getAuthority())));
      String port = now.getPort() < 0 ? "" : ":" + now.getPort();
      for (String name : LOOPBACK) {
        authorities.add(Audience.normalized(scheme, name + port));
      }
      for (String name : options.get(Setting.ADDITIONAL_HOST_NAMES)) {
        authorities.add(Audience.normalized(scheme, name));
        authorities.add(Audience.normalized(scheme, name + port));
      }
      knownEndpoint = now;
      knownAuthorities = authorities;
    }
    return knownAuthorities;
  }
}
