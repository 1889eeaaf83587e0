package io.github.webpubsubtestkit.internal.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Masks secrets in texts: they are replaced by {@code ***}.
 *
 * <p>Secrets are JWTs, even truncated ones; the values of parameters, JSON properties and headers
 * that contain tokens or keys; and passwords in URLs. They are also found if some of their
 * characters are escaped by percent signs or backslashes. Everything else stays.
 */
public final class Secrets {

  static final String MASK = "***";

  private static final int MAX_LINE = 200;

  /** A secret at the end of shown bytes may be recognized by what follows. */
  private static final int BYTES_BEYOND = 64;

  private Secrets() {}

  /** The text without its secrets. */
  public static String mask(String text) {
    return part(text, 0, text.length());
  }

  /** The text without its secrets; if it is long, cut in its middle, with its length. */
  public static String cut(String text, int max) {
    String masked = mask(text);
    if (masked.length() <= max) {
      return masked;
    }
    int half = max / 2;
    return masked.substring(0, half)
        + String.format(Locale.ROOT, " … (%,d characters) … ", text.length())
        + masked.substring(masked.length() - half);
  }

  /** The text without its secrets; if it is long, its beginning. */
  public static String beginning(String text, int max, String ellipsis) {
    String masked = mask(text);
    return masked.length() <= max ? masked : masked.substring(0, max) + ellipsis;
  }

  /** A part of a text; a secret that is not entirely outside is replaced as a whole. */
  public static String part(String text, int from, int to) {
    int[] spans = SecretFinder.spans(text);
    if (spans.length == 0) {
      return text.substring(from, to);
    }
    StringBuilder out = new StringBuilder(to - from);
    int shown = from;
    for (int i = 0; i < spans.length; i += 2) {
      int start = spans[i];
      int end = spans[i + 1];
      if (end > from && start < to) {
        out.append(text, shown, Math.max(shown, start)).append(MASK);
        shown = Math.min(to, end);
      }
    }
    return out.append(text, shown, to).toString();
  }

  /** The value of a header; for an authorization header, only its scheme. */
  public static String header(String name, String value) {
    if (!name.equalsIgnoreCase("Authorization") && !name.equalsIgnoreCase("Proxy-Authorization")) {
      return mask(value);
    }
    String scheme = SecretFinder.scheme(value);
    return scheme.isEmpty() ? MASK : scheme + " " + MASK;
  }

  /** Hexadecimal digits of the first bytes, with {@code **} for those of a secret. */
  public static String hex(byte[] bytes, int max) {
    int shown = Math.min(bytes.length, max);
    int seen = Math.min(bytes.length, max + BYTES_BEYOND);
    int[] spans = SecretFinder.spans(new String(bytes, 0, seen, StandardCharsets.ISO_8859_1));
    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
    if (spans.length == 0) {
      return hex;
    }
    char[] digits = hex.toCharArray();
    for (int i = 0; i < spans.length; i += 2) {
      for (int at = spans[i]; at < Math.min(shown, spans[i + 1]); at++) {
        Arrays.fill(digits, 3 * at, 3 * at + 2, '*');
      }
    }
    return String.valueOf(digits);
  }

  /** The description of an exception, without secrets; the name of its class if it has none. */
  public static String describe(Throwable failure) {
    return mask(MaskedException.text(failure));
  }

  /**
   * The same on one line, for a place inside another text: the first line of the message, or of an
   * AssertJ message, which begins with an empty one, the beginning of all.
   */
  public static String describeOnOneLine(Throwable failure) {
    List<String> lines = describe(failure).lines().map(String::strip).toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    String line = first.endsWith(":") ? String.join(" ", lines) : first;
    return cut(line, MAX_LINE);
  }

  /** The same as {@link #describe}, without the package of the exception's class. */
  public static String describeBriefly(Throwable failure) {
    String text = describe(failure);
    String type = failure.getClass().getName();
    return text.startsWith(type) ? text.substring(type.lastIndexOf('.') + 1) : text;
  }

  /**
   * The exception itself if neither it nor its causes and suppressed ones contain a secret, else a
   * copy without it.
   */
  public static Throwable mask(Throwable failure) {
    return MaskedException.ifNeeded(failure);
  }
}
