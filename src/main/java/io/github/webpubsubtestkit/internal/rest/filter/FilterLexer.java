package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.rest.filter.Token.Kind;

/** Cuts the text of a filter into pieces (rest-api 10.1). */
final class FilterLexer {

  private final String text;
  private int at;

  FilterLexer(String text) {
    this.text = text;
  }

  /** The next piece; at the end of the text, the end, as often as it is asked for. */
  Token next() throws FilterSyntaxException {
    while (at < text.length() && Texts.isBlank(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Kind.END, "", at, at);
    }
    char first = text.charAt(at);
    return switch (first) {
      case '(' -> mark(Kind.OPEN);
      case ')' -> mark(Kind.CLOSE);
      case ',' -> mark(Kind.COMMA);
      case '\'' -> quoted();
      default -> word(first);
    };
  }

  private Token mark(Kind kind) {
    at++;
    return new Token(kind, text.substring(at - 1, at), at - 1, at);
  }

  private Token word(char first) throws FilterSyntaxException {
    int start = at;
    boolean number =
        isDigit(first) || (first == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1)));
    if (!number && !isWordPart(first)) {
      throw fault(
          "Syntax error: character '"
              + first
              + "' is not valid at position "
              + at
              + " in '"
              + text
              + "'.");
    }
    at++;
    // what else can belong to a number is taken with it, so that 1.5 is one wrong number
    while (at < text.length()
        && (isWordPart(text.charAt(at)) || (number && text.charAt(at) == '.'))) {
      at++;
    }
    return new Token(number ? Kind.NUMBER : Kind.WORD, text.substring(start, at), start, at);
  }

  private Token quoted() throws FilterSyntaxException {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (true) {
      int quote = text.indexOf('\'', at);
      if (quote < 0) {
        throw fault(
            "There is an unterminated string literal at position "
                + text.length()
                + " in '"
                + text
                + "'.");
      }
      value.append(text, at, quote);
      at = quote + 1;
      if (at == text.length() || text.charAt(at) != '\'') {
        return new Token(Kind.QUOTED, value.toString(), start, at);
      }
      value.append('\'');
      at++;
    }
  }

  /** The whole text is wrong, for this reason. */
  FilterSyntaxException fault(String detail) {
    return new FilterSyntaxException(text, detail);
  }

  String text() {
    return text;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
