package io.github.webpubsubtestkit.internal.secrets;

import static io.github.webpubsubtestkit.internal.secrets.Characters.isBlank;
import static io.github.webpubsubtestkit.internal.secrets.Characters.isCredential;
import static io.github.webpubsubtestkit.internal.secrets.Characters.isDigit;
import static io.github.webpubsubtestkit.internal.secrets.Characters.isJwtPart;
import static io.github.webpubsubtestkit.internal.secrets.Characters.isLetterOrDigit;
import static io.github.webpubsubtestkit.internal.secrets.Characters.isSeparator;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the secrets in a text, in one pass: each character of any text is examined at most a fixed
 * number of times.
 */
final class SecretFinder {

  private static final int[] NONE = {};

  private static final List<String> SCHEMES =
      List.of("Bearer", "Basic", "Digest", "Negotiate", "NTLM", "SharedAccessSignature");

  /** The beginnings of a JWT's header, a JSON object with or without white space. */
  private static final List<String> JWT_BEGINNINGS =
      List.of("eyJ", "eyAi", "eyAg", "ewog", "ewoi", "ewoJ", "ew0K");

  private static final int MAX_BLANKS = 16;

  /** The maximum distance of a look-ahead. */
  private static final int LOOK_AHEAD = 128;

  private final Unescaped view;
  private final char[] text;
  private final int length;
  private int[] spans = NONE;
  private int count;
  private int noJwtBefore;

  private SecretFinder(String raw) {
    this.view = Unescaped.of(raw);
    this.text = view.text();
    this.length = text.length;
  }

  /** The starts and ends of secrets, in ordered pairs that do not overlap. */
  static int[] spans(String raw) {
    SecretFinder finder = new SecretFinder(raw);
    finder.find();
    return finder.count == 0 ? NONE : Arrays.copyOf(finder.spans, finder.count);
  }

  /** The scheme with which a header's value begins, if it is a usual one; else empty. */
  static String scheme(String value) {
    return value.substring(0, schemeLength(value.toCharArray(), 0));
  }

  private static int schemeLength(char[] text, int at) {
    for (String scheme : SCHEMES) {
      int end = at + scheme.length();
      if (end < text.length && isBlank(text[end]) && Characters.isAt(text, at, scheme)) {
        return scheme.length();
      }
    }
    return 0;
  }

  /**
   * Searches for characters that are rare in texts but present in every secret: the separators
   * after names, and one letter of other beginnings.
   */
  private void find() {
    int at = 0;
    while (at < length) {
      at =
          switch (text[at]) {
            case '=', '[' -> named(at);
            case ':' -> Characters.isAt(text, at, "://") ? userInfo(at) : named(at);
            case 'y', 'w' -> at > 0 && text[at - 1] == 'e' ? jwt(at - 1) : at + 1;
            case 'B', 'b' -> credentials(at);
            default -> at + 1;
          };
    }
  }

  // ---- JWTs

  /** Finds a JWT, even a truncated one: its secret part begins after the first dot. */
  private int jwt(int at) {
    if (at < noJwtBefore || !isJwtBeginning(at)) {
      return at + 2;
    }
    int end = jwtPart(at);
    if (end == length || text[end] != '.') {
      noJwtBefore = end; // and none begins later in this part
      return at + 2;
    }
    end = jwtPart(end + 1);
    while (end + 1 < length && text[end] == '.' && isJwtPart(text[end + 1])) {
      end = jwtPart(end + 1);
    }
    return found(at, end);
  }

  private boolean isJwtBeginning(int at) {
    for (String each : JWT_BEGINNINGS) {
      if (Arrays.equals(
          text, at, Math.min(length, at + each.length()), each.toCharArray(), 0, each.length())) {
        return true;
      }
    }
    return false;
  }

  private int jwtPart(int from) {
    int end = from;
    while (end < length && isJwtPart(text[end])) {
      end++;
    }
    return end;
  }

  // ---- names and values

  /** {@code =abc}, {@code ": "abc"}, {@code ' = 'abc'}, {@code [abc, def]} behind a name. */
  private int named(int separator) {
    int nameEnd = separator;
    while (nameEnd > 0 && separator - nameEnd < MAX_BLANKS && isBlank(text[nameEnd - 1])) {
      nameEnd--;
    }
    boolean spaced = nameEnd < separator;
    boolean quoted = nameEnd > 0 && isQuote(nameEnd - 1);
    SecretName name = SecretName.endingAt(text, quoted ? nameEnd - 1 : nameEnd);
    char kind = text[separator];
    if (name == SecretName.NONE || (kind == '[' && !spaced)) {
      return separator + 1;
    }
    int at = spaced || kind == ':' ? afterBlanks(separator + 1) : separator + 1;
    if (name == SecretName.AUTHORIZATION) {
      return authorization(at);
    }
    if (kind == '[') {
      return found(separator + 1, closing(']', separator + 1));
    }
    if (at < length && text[at] == '[') {
      return found(at + 1, closing(']', at + 1));
    }
    if (isQuote(at)) {
      return found(at + 1, closingQuote(at));
    }
    if (kind == ':' && quoted) { // in JSON: null, or a number, which cannot be a secret
      return separator + 1;
    }
    int end = valueEnd(at, view.isPercentEncoded(separator), name == SecretName.KEY);
    boolean prose = kind == ':' && !looksRandom(at, end);
    return prose ? separator + 1 : found(at, end);
  }

  /**
   * The end of an unquoted value.
   *
   * @param encoded true if the surrounding URL is itself percent-encoded, including the ends of
   *     values
   */
  private int valueEnd(int from, boolean encoded, boolean key) {
    int end = from;
    while (end < length && (!isSeparator(text[end]) || (!encoded && view.isPercentEncoded(end)))) {
      end++;
    }
    if (!key || end == length || text[end] != ' ') {
      return end;
    }
    int limit = Math.min(length, end + LOOK_AHEAD);
    for (int i = end;
        i < limit && (text[i] == ' ' || text[i] == ';' || !isSeparator(text[i]));
        i++) {
      if (text[i] == ';') {
        return i; // in a connection string: the key has blanks in it
      }
    }
    return end;
  }

  /**
   * The closing quote: a quote inside an escaped text also ends it; an escaped quote does not end
   * others.
   */
  private int closingQuote(int opening) {
    boolean plain = view.isPlain(opening);
    int end = opening + 1;
    while (end < length && (text[end] != text[opening] || (plain && !view.isPlain(end)))) {
      end++;
    }
    return end;
  }

  private int closing(char bracket, int from) {
    int end = from;
    while (end < length && text[end] != bracket) {
      end++;
    }
    return end;
  }

  // ---- credentials

  /** The value of the header; its scheme stays. */
  private int authorization(int value) {
    int at = value < length && text[value] == '[' ? afterBlanks(value + 1) : value;
    at = isQuote(at) ? at + 1 : at;
    int scheme = schemeLength(text, at);
    int from = scheme == 0 ? at : afterBlanks(at + scheme);
    int end = from;
    while (end < length && !isSeparator(text[end]) && ",]'".indexOf(text[end]) < 0) {
      end++;
    }
    return found(from, end);
  }

  /** {@code Bearer abc} on its own, which may also be part of a sentence. */
  private int credentials(int at) {
    int scheme = schemeLength(text, at);
    if (scheme == 0 || (at > 0 && isLetterOrDigit(text[at - 1]))) {
      return at + 1;
    }
    int from = afterBlanks(at + scheme);
    int end = from;
    while (end < length && isCredential(text[end])) {
      end++;
    }
    boolean parameter = isQuote(end) && text[end - 1] == '=';
    return looksRandom(from, end) && !parameter ? found(from, end) : at + scheme;
  }

  /** Returns whether this is not a word of a sentence. */
  private boolean looksRandom(int from, int end) {
    boolean digit = false;
    for (int i = from; i < Math.min(end, from + LOOK_AHEAD); i++) {
      digit |= isDigit(text[i]);
    }
    return end - from >= (digit ? 8 : 20);
  }

  // ---- user information

  /** {@code ://user:password@host}; the user stays, unless it is a token instead of a user. */
  private int userInfo(int colon) {
    int from = colon + 3;
    boolean encoded = view.isPercentEncoded(colon);
    int end = from;
    int at = -1;
    while (end < length && !isAuthorityEnd(end, encoded)) {
      at = text[end] == '@' ? end : at;
      end++;
    }
    at = at < 0 ? atBehindSlash(from, end) : at;
    if (at < 0) {
      return from;
    }
    int password = closing(':', from);
    if (password < at) {
      return found(password + 1, at);
    }
    return looksRandom(from, at) ? found(from, at) : at;
  }

  /** Finds the end of a password that contains an invalid slash: then no port follows the colon. */
  private int atBehindSlash(int from, int authorityEnd) {
    int colon = authorityEnd;
    while (colon > from && text[colon - 1] != ':') {
      colon--;
    }
    boolean port = true;
    for (int i = colon; i < Math.min(authorityEnd, colon + LOOK_AHEAD); i++) {
      port &= isDigit(text[i]);
    }
    if (colon == from || port || text[from] == '[') {
      return -1;
    }
    int limit = Math.min(length, authorityEnd + LOOK_AHEAD);
    for (int i = authorityEnd; i < limit && !isSeparator(text[i]); i++) {
      if (text[i] == '@') {
        return i;
      }
    }
    return -1;
  }

  private boolean isAuthorityEnd(int at, boolean encoded) {
    char c = text[at];
    return (isBlank(c) || "/?#\\\"'<>".indexOf(c) >= 0) && (encoded || !view.isPercentEncoded(at));
  }

  // ---- common

  private boolean isQuote(int at) {
    return at < length && Characters.isQuote(text[at]);
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < Math.min(length, from + MAX_BLANKS) && isBlank(text[at])) {
      at++;
    }
    return at;
  }

  /** Records a secret, unless it is empty or omitted; returns the position to continue from. */
  private int found(int from, int end) {
    if (from < end && text[from] != '…') {
      if (count == spans.length) {
        spans = Arrays.copyOf(spans, Math.max(8, 2 * count));
      }
      spans[count++] = view.start(from);
      spans[count++] = view.start(end);
    }
    return Math.max(from, end);
  }
}
