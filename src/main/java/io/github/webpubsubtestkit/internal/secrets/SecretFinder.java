package io.github.webpubsubtestkit.internal.secrets;

import java.util.Arrays;
import java.util.List;

/**
 * Finds what is secret in a text, in one pass: no character is looked at more often than a fixed
 * number of times, whatever the text.
 */
final class SecretFinder {

  private static final int[] NONE = {};

  /** Names of parameters, properties and headers whose value is secret. */
  private static final List<String> TOKENS =
      List.of(
          "access_token",
          "access-token",
          "accessToken",
          "awps_reconnection_token",
          "reconnectionToken",
          "x-functions-key");

  private static final List<String> KEYS = List.of("AccessKey", "access-key", "access_key");

  /** Names that are usual, so only in a query do they mean a secret. */
  private static final List<String> QUERY_PARAMETERS = List.of("code=", "sig=");

  private static final String AUTHORIZATION = "Authorization";

  private static final List<String> SCHEMES =
      List.of("Bearer", "Basic", "Digest", "Negotiate", "NTLM", "SharedAccessSignature");

  /** How the JSON object begins that is a JWT's header: with or without white space in it. */
  private static final List<String> JWT_BEGINNINGS =
      List.of("eyJ", "eyAi", "eyAg", "ewog", "ewoi", "ewoJ", "ew0K");

  private static final int MAX_BLANKS = 16;

  /** How far ahead one looks for what may not be there. */
  private static final int LOOK_AHEAD = 512;

  private final Unescaped view;
  private final String text;
  private final int length;
  private int[] spans = NONE;
  private int count;
  private int noJwtBefore;

  private SecretFinder(String raw) {
    this.view = Unescaped.of(raw);
    this.text = view.text();
    this.length = text.length();
  }

  /** Where secrets begin and end, in pairs that are in order and do not overlap. */
  static int[] spans(String raw) {
    SecretFinder finder = new SecretFinder(raw);
    int at = 0;
    while (at < finder.length) {
      at = finder.next(at);
    }
    return finder.count == 0 ? NONE : Arrays.copyOf(finder.spans, finder.count);
  }

  /** The scheme of a header's value, if it is a usual one and more follows; else empty. */
  static String scheme(String value, int at) {
    for (String scheme : SCHEMES) {
      int end = at + scheme.length();
      if (value.regionMatches(true, at, scheme, 0, scheme.length())
          && end < value.length()
          && isBlank(value.charAt(end))) {
        return value.substring(at, end);
      }
    }
    return "";
  }

  /** Looks at what begins here; returns where to look on. */
  private int next(int at) {
    char second = at + 1 < length ? text.charAt(at + 1) : 0; // most texts are no secrets: be quick
    return switch (text.charAt(at)) {
      case 'e' -> second == 'y' || second == 'w' ? jwt(at) : at + 1;
      case ':' -> second == '/' ? userInfo(at) : at + 1;
      case 'a', 'A' ->
          switch (second) {
            case 'u', 'U' -> authorization(at);
            case 'c', 'C', 'w', 'W' -> named(at);
            default -> at + 1;
          };
      case 'r', 'R' -> second == 'e' || second == 'E' ? named(at) : at + 1;
      case 'x', 'X' -> second == '-' ? named(at) : at + 1;
      case 'c', 'C', 's', 'S' -> queryParameter(at);
      case 'b', 'B' -> credentials(at);
      default -> at + 1;
    };
  }

  // ---- JWTs

  private int jwt(int at) {
    if (at < noJwtBefore || !isJwtBeginning(at)) {
      return at + 1;
    }
    int end = jwtPart(at);
    if (end == length || text.charAt(end) != '.') {
      noJwtBefore = end; // nor is there one that begins further on in this part
      return at + 1;
    }
    end = jwtPart(end + 1);
    while (end + 1 < length && text.charAt(end) == '.' && isJwtPart(text.charAt(end + 1))) {
      end = jwtPart(end + 1);
    }
    return found(at, end);
  }

  private boolean isJwtBeginning(int at) {
    for (String each : JWT_BEGINNINGS) {
      if (text.startsWith(each, at)) {
        return true;
      }
    }
    return false;
  }

  private int jwtPart(int at) {
    int end = at;
    while (end < length && isJwtPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isJwtPart(char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_';
  }

  // ---- names and values

  private int named(int at) {
    for (String name : TOKENS) {
      if (isAt(at, name)) {
        return value(at + name.length(), false);
      }
    }
    for (String name : KEYS) {
      if (isAt(at, name)) {
        return value(at + name.length(), true);
      }
    }
    return at + 1;
  }

  /** What follows a name: {@code =abc}, {@code ": "abc"}, {@code ' = 'abc'}, {@code [abc]}. */
  private int value(int nameEnd, boolean key) {
    boolean quotedName = nameEnd < length && isQuote(nameEnd);
    int separator = afterBlanks(quotedName ? nameEnd + 1 : nameEnd);
    if (separator >= length) {
      return nameEnd;
    }
    char kind = text.charAt(separator);
    boolean spaced = separator > nameEnd || kind == ':';
    int at = spaced ? afterBlanks(separator + 1) : separator + 1;
    if (at >= length) {
      return nameEnd;
    }
    if (kind == '[' && spaced) { // a parameter with all its values
      return found(separator + 1, until(']', separator + 1));
    }
    if (kind != '=' && kind != ':') {
      return nameEnd;
    }
    if (text.charAt(at) == '[') {
      return found(at + 1, until(']', at + 1));
    }
    if (isQuote(at)) {
      return found(at + 1, closingQuote(at));
    }
    int end = valueEnd(at, view.isPercentEncoded(separator), key);
    boolean prose = kind == ':' && !quotedName && !looksRandom(at, end);
    return prose ? nameEnd : found(at, end);
  }

  /** {@code ?code=abc}, the key of an Azure function. */
  private int queryParameter(int at) {
    if (at > 0 && "?&".indexOf(text.charAt(at - 1)) >= 0) {
      for (String name : QUERY_PARAMETERS) {
        if (isAt(at, name)) {
          int from = at + name.length();
          return found(from, valueEnd(from, view.isPercentEncoded(from - 1), false));
        }
      }
    }
    return at + 1;
  }

  private int valueEnd(int from, boolean encoded, boolean key) {
    int end = from;
    while (end < length
        && (!isSeparator(text.charAt(end)) || (!encoded && view.isPercentEncoded(end)))) {
      end++;
    }
    if (key && end < length && text.charAt(end) == ' ') { // a key may have blanks in it
      int semicolon = end;
      int limit = Math.min(length, end + LOOK_AHEAD);
      while (semicolon < limit && "\"\r\n;".indexOf(text.charAt(semicolon)) < 0) {
        semicolon++;
      }
      return semicolon < limit && text.charAt(semicolon) == ';' ? semicolon : end;
    }
    return end;
  }

  private static boolean isSeparator(char c) {
    return isBlank(c) || c == '&' || c == ';' || c == '"' || c == '<' || c == '>';
  }

  /** A quote inside an escaped text ends it, too; a quote that is escaped does not end others. */
  private int closingQuote(int opening) {
    boolean plain = view.isPlain(opening);
    char quote = text.charAt(opening);
    int end = opening + 1;
    while (end < length && (text.charAt(end) != quote || (plain && !view.isPlain(end)))) {
      end++;
    }
    return end;
  }

  // ---- headers

  /** {@code Authorization: Bearer abc}, also as a property, a parameter or a record. */
  private int authorization(int name) {
    if (!isAt(name, AUTHORIZATION)) {
      return name + 1;
    }
    int at = name + AUTHORIZATION.length();
    int limit = Math.min(length, at + MAX_BLANKS);
    boolean separated = false;
    while (at < limit && (isBlank(text.charAt(at)) || ",:='\"[".indexOf(text.charAt(at)) >= 0)) {
      separated |= text.charAt(at) == ':' || text.charAt(at) == '=';
      at++;
    }
    if (isAt(at, "value=")) {
      at += "value=".length();
      separated = true;
    }
    if (!separated || at >= length) {
      return name + AUTHORIZATION.length();
    }
    int scheme = scheme(text, at).length();
    int from = scheme == 0 ? at : afterBlanks(at + scheme);
    return found(from, credentialsEnd(from));
  }

  private int credentialsEnd(int from) {
    int end = from;
    while (end < length && !isSeparator(text.charAt(end)) && ",]'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** {@code Bearer abc} by itself, which may also be said in a sentence. */
  private int credentials(int at) {
    String scheme = scheme(text, at);
    if (scheme.isEmpty() || (at > 0 && isLetterOrDigit(text.charAt(at - 1)))) {
      return at + 1;
    }
    int from = afterBlanks(at + scheme.length());
    int end = from;
    while (end < length && isTokenPart(text.charAt(end))) {
      end++;
    }
    boolean parameter = end < length && text.charAt(end) == '"';
    return looksRandom(from, end) && !(parameter && text.charAt(end - 1) == '=')
        ? found(from, end)
        : at + scheme.length();
  }

  private static boolean isTokenPart(char c) {
    return isLetterOrDigit(c) || "-._~+/=".indexOf(c) >= 0;
  }

  /** Whether this is no word of a sentence. */
  private boolean looksRandom(int from, int end) {
    boolean digit = false;
    for (int i = from; i < Math.min(end, from + LOOK_AHEAD); i++) {
      digit |= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return end - from >= (digit ? 8 : 20);
  }

  // ---- user information

  /** {@code ://user:password@host}; the user stays. */
  private int userInfo(int colon) {
    if (!text.startsWith("://", colon)) {
      return colon + 1;
    }
    int from = colon + 3;
    boolean encoded = view.isPercentEncoded(colon);
    int end = from;
    int at = -1;
    while (end < length && !isAuthorityEnd(end, encoded)) {
      at = text.charAt(end) == '@' ? end : at;
      end++;
    }
    if (at < 0) {
      at = strayAt(from, end);
    }
    if (at < 0) {
      return from;
    }
    int password = text.indexOf(':', from);
    return password >= 0 && password < at ? found(password + 1, at) : found(from, at);
  }

  /** The password may have a slash that it must not have: then no port follows the colon. */
  private int strayAt(int from, int authorityEnd) {
    int colon = text.lastIndexOf(':', authorityEnd - 1);
    if (colon < from || text.charAt(from) == '[') {
      return -1;
    }
    boolean port = true;
    for (int i = colon + 1; i < Math.min(authorityEnd, colon + LOOK_AHEAD); i++) {
      port &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    int limit = Math.min(length, authorityEnd + LOOK_AHEAD);
    for (int i = authorityEnd; !port && i < limit && !isSeparator(text.charAt(i)); i++) {
      if (text.charAt(i) == '@') {
        return i;
      }
    }
    return -1;
  }

  private boolean isAuthorityEnd(int at, boolean encoded) {
    char c = text.charAt(at);
    return (isBlank(c) || "/?#\\\"'<>".indexOf(c) >= 0) && (encoded || !view.isPercentEncoded(at));
  }

  // ---- characters

  private boolean isAt(int at, String name) {
    return text.regionMatches(true, at, name, 0, name.length());
  }

  private boolean isQuote(int at) {
    return text.charAt(at) == '"' || text.charAt(at) == '\'';
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < Math.min(length, from + MAX_BLANKS) && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int until(char wanted, int from) {
    int end = text.indexOf(wanted, from);
    return end < 0 ? length : end;
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || Character.isWhitespace(c) || Character.isISOControl(c);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Notes a secret, unless it is empty or none; returns where to look on. */
  private int found(int from, int end) {
    boolean isNone =
        from >= end || text.charAt(from) == '…' || (end - from == 4 && isAt(from, "null"));
    if (!isNone) {
      if (count == spans.length) {
        spans = Arrays.copyOf(spans, Math.max(8, 2 * count));
      }
      spans[count++] = view.start(from);
      spans[count++] = view.start(end);
    }
    return Math.max(from, end);
  }
}
