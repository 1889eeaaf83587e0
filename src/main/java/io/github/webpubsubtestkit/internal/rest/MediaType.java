package io.github.webpubsubtestkit.internal.rest;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Type}.
 *
 * @param name type and subtype in lower case
 * @param charsetName the value of the parameter {@code charset}, null if there is none
 */
record MediaType(String name, @Nullable String charsetName) {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  /** Reads a header value; null if it is malformed. */
  static @Nullable MediaType parse(String value) {
    return new Parser(value.strip()).mediaType();
  }

  /** The charset, UTF-8 if none is named; null if it is unknown. */
  @Nullable Charset charset() {
    if (charsetName == null || charsetName.equalsIgnoreCase("utf-8")) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(charsetName);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  private static final class Parser {

    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    @Nullable MediaType mediaType() {
      String type = token();
      if (type.isEmpty() || !accept('/')) {
        return null;
      }
      String subtype = token();
      if (subtype.isEmpty()) {
        return null;
      }
      String charset = null;
      skipBlanks();
      while (at < text.length()) {
        if (!accept(';')) {
          return null;
        }
        skipBlanks();
        if (at == text.length()) {
          break; // a last semicolon without a parameter does no harm
        }
        String name = token();
        if (name.isEmpty() || !accept('=')) {
          return null;
        }
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        if (value == null || value.isEmpty()) {
          return null;
        }
        if (name.equalsIgnoreCase("charset")) {
          charset = value;
        }
        skipBlanks();
      }
      return new MediaType((type + "/" + subtype).toLowerCase(Locale.ROOT), charset);
    }

    private String token() {
      int from = at;
      while (at < text.length() && isTokenCharacter(text.charAt(at))) {
        at++;
      }
      return text.substring(from, at);
    }

    private static boolean isTokenCharacter(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private @Nullable String quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return value.toString();
        }
        if (c == '\\' && at + 1 < text.length()) {
          at++;
          c = text.charAt(at);
        }
        value.append(c);
      }
      return null;
    }

    private boolean accept(char c) {
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }
  }
}
