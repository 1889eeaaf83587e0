package io.github.webpubsubtestkit.internal.secrets;

/** Classifies characters for the search for secrets. */
final class Characters {

  private Characters() {}

  /** Returns whether an ASCII word is at this position, case-insensitive. */
  static boolean isAt(char[] text, int at, String word) {
    if (at < 0 || at + word.length() > text.length) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = text[at + i];
      char wanted = word.charAt(i);
      if (c != wanted && (c > 127 || Character.toLowerCase(c) != Character.toLowerCase(wanted))) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(char c) {
    return c <= ' ' || (c >= 0x7f && (Character.isWhitespace(c) || Character.isISOControl(c)));
  }

  /** Returns whether it ends an unquoted value. */
  static boolean isSeparator(char c) {
    if (c >= 'A' && c < 0x7f) {
      return false; // most characters of a secret
    }
    return isBlank(c) || c == '&' || c == ';' || c == '"' || c == '<' || c == '>';
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  /** Returns whether it is a character of base64url, as in the parts of a JWT. */
  static boolean isJwtPart(char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_';
  }

  /** Returns whether it is a character of the credentials after an authorization scheme. */
  static boolean isCredential(char c) {
    return isJwtPart(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
  }
}
