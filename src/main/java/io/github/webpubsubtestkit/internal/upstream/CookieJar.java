package io.github.webpubsubtestkit.internal.upstream;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one connection (event-handlers 4.4), as RFC 6265 keeps and sends them. Guarded by
 * its owner.
 */
final class CookieJar {

  private static final int MAX_COOKIES = 50;
  private static final Instant NEVER = Instant.MAX;

  /**
   * One cookie.
   *
   * @param domain in lower case
   * @param hostOnly whether only that host gets it, and no host below
   * @param secure whether it goes over TLS only
   */
  private record Cookie(
      String name,
      String value,
      String domain,
      boolean hostOnly,
      String path,
      boolean secure,
      Instant expires) {

    boolean replaces(Cookie other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    boolean goesTo(String host, String requestPath, boolean overTls) {
      boolean toHost = host.equals(domain) || (!hostOnly && isBelow(host, domain));
      return toHost && (overTls || !secure) && pathMatches(requestPath);
    }

    private boolean pathMatches(String requestPath) {
      return requestPath.equals(path)
          || (requestPath.startsWith(path)
              && (path.endsWith("/") || requestPath.charAt(path.length()) == '/'));
    }
  }

  private final List<Cookie> cookies = new ArrayList<>(1); // in the order in which they came

  /** Takes the values of an answer's {@code Set-Cookie} lines; one that is no cookie is ignored. */
  void store(URI from, List<String> lines, Instant now) {
    for (String line : lines) {
      Cookie cookie = parse(line, host(from), path(from), now);
      if (cookie != null) {
        cookies.removeIf(cookie::replaces);
        if (cookie.expires().isAfter(now) && cookies.size() < MAX_COOKIES) {
          cookies.add(cookie);
        }
      }
    }
  }

  /** The value of {@code Cookie} in a request, null if there is none to send. */
  @Nullable String header(URI to, Instant now) {
    String host = host(to);
    String path = path(to);
    boolean overTls = "https".equalsIgnoreCase(to.getScheme());
    cookies.removeIf(each -> !each.expires().isAfter(now));
    String value =
        cookies.stream()
            .filter(each -> each.goesTo(host, path, overTls))
            .sorted(Comparator.comparingInt(each -> -each.path().length()))
            .map(each -> each.name() + "=" + each.value())
            .collect(Collectors.joining("; "));
    return value.isEmpty() ? null : value;
  }

  private static String host(URI uri) {
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static @Nullable Cookie parse(String line, String host, String path, Instant now) {
    String[] parts = line.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    if (name.isEmpty()) {
      return null;
    }
    String domain = host;
    boolean hostOnly = true;
    String ownPath = defaultPath(path);
    boolean secure = false;
    Instant expires = NEVER;
    boolean hasMaxAge = false;
    for (int i = 1; i < parts.length; i++) {
      int at = parts[i].indexOf('=');
      String attribute = (at < 0 ? parts[i] : parts[i].substring(0, at)).strip();
      String value = at < 0 ? "" : parts[i].substring(at + 1).strip();
      switch (attribute.toLowerCase(Locale.ROOT)) {
        case "domain" -> {
          String wanted = (value.startsWith(".") ? value.substring(1) : value);
          if (!wanted.isEmpty()) {
            domain = wanted.toLowerCase(Locale.ROOT);
            hostOnly = false;
          }
        }
        case "path" -> ownPath = value.startsWith("/") ? value : defaultPath(path);
        case "secure" -> secure = true;
        case "max-age" -> {
          Instant until = maxAge(value, now);
          hasMaxAge |= until != null;
          expires = until == null ? expires : until;
        }
        case "expires" -> expires = hasMaxAge ? expires : date(value, expires);
        default -> {} // HttpOnly and SameSite are for browsers
      }
    }
    if (!host.equals(domain) && !isBelow(host, domain)) {
      return null; // of somebody else
    }
    return new Cookie(
        name, parts[0].substring(equals + 1).strip(), domain, hostOnly, ownPath, secure, expires);
  }

  /** Returns whether the host is a name below the domain; an address is below nothing. */
  private static boolean isBelow(String host, String domain) {
    boolean isAddress = host.startsWith("[") || Character.isDigit(host.charAt(host.length() - 1));
    return !isAddress && host.endsWith("." + domain);
  }

  /** The folder of what was asked for. */
  private static String defaultPath(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static @Nullable Instant maxAge(String seconds, Instant now) {
    try {
      long left = Long.parseLong(seconds);
      return left <= 0 ? Instant.MIN : now.plusSeconds(left);
    } catch (NumberFormatException e) {
      return null; // ignored
    } catch (DateTimeException | ArithmeticException e) {
      return NEVER;
    }
  }

  private static Instant date(String text, Instant otherwise) {
    try {
      return ZonedDateTime.parse(text.replace('-', ' '), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
