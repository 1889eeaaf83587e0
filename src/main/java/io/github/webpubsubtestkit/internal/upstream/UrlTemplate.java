package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The URL of a handler's requests, with {@code {hub}} and {@code {event}} (event-handlers 2.3). */
public final class UrlTemplate {

  /** A piece of the template: text that stands there, or a parameter. */
  private record Piece(String text, boolean isParameter) {}

  private static final String HUB = "hub";
  private static final String EVENT = "event";
  private static final String UNRESERVED = "-._~";
  private static final int MAX_PORT = 65_535;

  private final String template;
  private final List<Piece> pieces;
  private final @Nullable URI only; // null: there are parameters
  private final boolean secure;

  private UrlTemplate(String template, List<Piece> pieces, URI example) {
    this.template = template;
    this.pieces = pieces;
    boolean hasParameter = false;
    for (Piece piece : pieces) {
      hasParameter |= piece.isParameter();
    }
    this.only = hasParameter ? null : example;
    this.secure = "https".equalsIgnoreCase(example.getScheme());
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is none, with the value and the rule
   */
  public static UrlTemplate parse(String template) {
    List<Piece> pieces = pieces(template);
    checkAuthority(template);
    return new UrlTemplate(template, pieces, checkUrl(template, expand(pieces, "hub", "event")));
  }

  private static List<Piece> pieces(String template) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      int close = template.indexOf('}', open);
      if (close < 0) {
        throw fault(template, "has a { without its }");
      }
      String name = template.substring(open + 1, close);
      if (name.startsWith("@Microsoft.KeyVault")) {
        throw fault(template, "names a secret of Azure Key Vault, which this fake cannot read");
      }
      if (!name.equalsIgnoreCase(HUB) && !name.equalsIgnoreCase(EVENT)) {
        throw fault(
            template,
            "has the parameter {" + Secrets.mask(name) + "}, but there are only {hub} and {event}");
      }
      addText(pieces, template, from, open);
      pieces.add(new Piece(name.toLowerCase(Locale.ROOT), true));
      from = close + 1;
    }
    addText(pieces, template, from, template.length());
    return List.copyOf(pieces);
  }

  private static void addText(List<Piece> pieces, String template, int from, int to) {
    String text = template.substring(from, to);
    if (text.indexOf('}') >= 0) {
      throw fault(template, "has a } without its {");
    }
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, false));
    }
  }

  /** Parameters would make one handler many servers (event-handlers 2.3). */
  private static void checkAuthority(String template) {
    int start = template.indexOf("://");
    if (start < 0) {
      return;
    }
    int end = start + 3;
    while (end < template.length() && "/?#".indexOf(template.charAt(end)) < 0) {
      end++;
    }
    if (template.substring(0, end).indexOf('{') >= 0) {
      throw fault(template, "has a parameter in its host; only path and query may have them");
    }
  }

  private static URI checkUrl(String template, String example) {
    if (template.chars().anyMatch(c -> c > '~')) {
      throw fault(template, "has characters that a URL has only percent-encoded");
    }
    URI uri;
    try {
      uri = new URI(example);
    } catch (URISyntaxException e) {
      throw fault(template, "is no URL: " + e.getReason());
    }
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.isOpaque()) {
      throw fault(template, "must be an absolute URL that begins with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw fault(template, "has user information before its host");
    }
    if (uri.getHost() == null) {
      throw fault(template, "has no valid host");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw fault(template, "has a port that is not 1 to 65,535");
    }
    if (uri.getRawFragment() != null) {
      throw fault(template, "has a fragment, which is never sent");
    }
    return uri;
  }

  private static IllegalArgumentException fault(String template, String rule) {
    return new IllegalArgumentException(
        "the URL template of an event handler \"" + Secrets.mask(template) + "\" " + rule);
  }

  /** The URL for an event; {@code validate} stands in for one when the URL is validated. */
  public URI resolve(String hub, String event) {
    URI always = only;
    return always == null ? URI.create(expand(pieces, hub, event)) : always;
  }

  private static String expand(List<Piece> pieces, String hub, String event) {
    StringBuilder url = new StringBuilder(128);
    for (Piece piece : pieces) {
      if (!piece.isParameter()) {
        url.append(piece.text());
      } else if (piece.text().equals(HUB)) {
        encode(hub.toLowerCase(Locale.ROOT), url);
      } else {
        encode(event, url);
      }
    }
    return url.toString();
  }

  private static void encode(String value, StringBuilder url) {
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        url.append(c);
      } else {
        url.append('%').append(hexDigit(c >> 4)).append(hexDigit(c & 0xf));
      }
    }
  }

  private static char hexDigit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }

  /** Returns whether its scheme is {@code https}. */
  public boolean isSecure() {
    return secure;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return template;
  }
}
