package io.github.webpubsubtestkit.internal.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of the head of a request or response.
 *
 * @param firstLine the request line or status line
 * @param headers the headers
 */
public record HttpHead(String firstLine, HttpHeaders headers) {

  /** The characters that RFC 9110 allows in names. */
  private static final boolean[] TOKEN_PARTS = new boolean[128];

  static {
    String marks = "!#$%&'*+-.^_`|~";
    for (char c = 0; c < TOKEN_PARTS.length; c++) {
      TOKEN_PARTS[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || marks.indexOf(c) >= 0;
    }
  }

  /** Parses the result of a {@link HeadReader}: lines that each end with CR LF. */
  static HttpHead parse(String text) throws HttpRefusal {
    int end = text.indexOf("\r\n");
    String firstLine = text.substring(0, end);
    List<HttpHeaders.Field> fields = new ArrayList<>();
    for (int start = end + 2; start < text.length(); start = end + 2) {
      end = text.indexOf("\r\n", start);
      fields.add(field(text, start, end));
    }
    return new HttpHead(firstLine, HttpHeaders.ofOwned(fields));
  }

  private static HttpHeaders.Field field(String text, int start, int end) throws HttpRefusal {
    int colon = start;
    while (colon < end && isTokenPart(text.charAt(colon))) {
      colon++;
    }
    if (colon == start || colon == end || text.charAt(colon) != ':') {
      throw HttpRefusal.malformed("a header line must be a name, a colon and a value");
    }
    int from = colon + 1;
    int to = end;
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return new HttpHeaders.Field(text.substring(start, colon), text.substring(from, to));
  }

  /**
   * Returns whether a header is about the transfer of a message, or its connection: who writes the
   * message decides on it.
   */
  public static boolean isAboutTransfer(String name) {
    return name.equalsIgnoreCase("Content-Length")
        || name.equalsIgnoreCase("Transfer-Encoding")
        || name.equalsIgnoreCase("Connection");
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Returns whether a text is a token (RFC 9110, section 5.6.2), such as the name of a header. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenPart(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isTokenPart(char c) {
    return c < TOKEN_PARTS.length && TOKEN_PARTS[c];
  }
}
