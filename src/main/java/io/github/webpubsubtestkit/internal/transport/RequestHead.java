package io.github.webpubsubtestkit.internal.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The head of one request, checked according to RFC 9112 and rest-api 5.
 *
 * @param method as sent
 * @param target origin form, or {@code *}
 * @param http10 true for HTTP/1.0, false for HTTP/1.1
 * @param headers all lines
 */
record RequestHead(String method, String target, boolean http10, HttpHeaders headers) {

  static RequestHead parse(String text) throws HttpRefusal {
    HttpHead head = HttpHead.parse(text);
    String line = head.firstLine();
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 0 || second < 0 || !HttpHead.isToken(line.substring(0, first))) {
      throw HttpRefusal.malformed("a request line must be method, target and version");
    }
    boolean http10 = isHttp10(line.substring(second + 1));
    HttpHeaders headers = head.headers();
    int hosts = headers.all("Host").size();
    if (hosts > 1 || (hosts == 0 && !http10)) {
      throw HttpRefusal.malformed("a request must have one Host header");
    }
    String method = line.substring(0, first);
    return new RequestHead(
        method, target(method, line.substring(first + 1, second)), http10, headers);
  }

  private static boolean isHttp10(String version) throws HttpRefusal {
    boolean isVersion =
        version.length() == 8
            && version.startsWith("HTTP/")
            && isDigit(version.charAt(5))
            && version.charAt(6) == '.'
            && isDigit(version.charAt(7));
    if (!isVersion) {
      throw HttpRefusal.malformed("a request line must end with the version");
    }
    if (version.charAt(5) != '1') {
      throw new HttpRefusal(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    return version.charAt(7) == '0';
  }

  private static String target(String method, String sent) throws HttpRefusal {
    for (byte c : sent.getBytes(StandardCharsets.ISO_8859_1)) {
      if (c <= ' ' || c > '~' || c == '#') {
        throw HttpRefusal.malformed("a request target must be an encoded path");
      }
    }
    if (sent.startsWith("/") || (sent.equals("*") && method.equals("OPTIONS"))) {
      return sent;
    }
    int authority = startOfAuthority(sent);
    if (authority < 0) {
      throw HttpRefusal.malformed("a request target must begin with a slash");
    }
    int path = authority;
    while (path < sent.length() && sent.charAt(path) != '/' && sent.charAt(path) != '?') {
      path++;
    }
    if (path == authority) {
      throw HttpRefusal.malformed("a request target without a host");
    }
    String rest = sent.substring(path);
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** The start of the host in an absolute form, -1 for other forms. */
  private static int startOfAuthority(String target) {
    for (String scheme : List.of("http://", "https://", "ws://", "wss://")) {
      if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  /**
   * The reader of this request's body.
   *
   * @param maxBodyBytes the maximum number of bytes kept
   * @param maxTrailerBytes the limit of the bytes after the last chunk
   */
  BodyReader body(int maxBodyBytes, int maxTrailerBytes) throws HttpRefusal {
    List<String> codings = headers.all("Transfer-Encoding");
    List<String> lengths = headers.all("Content-Length");
    if (codings.isEmpty()) {
      return lengths.isEmpty()
          ? BodyReader.none()
          : BodyReader.fixed(length(lengths), maxBodyBytes);
    }
    if (!lengths.isEmpty() || http10) {
      throw HttpRefusal.malformed("Transfer-Encoding beside Content-Length or in HTTP/1.0");
    }
    List<String> listed = headers.listed("Transfer-Encoding");
    if (listed.size() == 1 && listed.get(0).equalsIgnoreCase("chunked")) {
      return new ChunkedBodyReader(maxBodyBytes, maxTrailerBytes);
    }
    for (String coding : listed) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new HttpRefusal(501, "only the transfer coding chunked is supported");
      }
    }
    throw HttpRefusal.malformed("the transfer coding chunked must stand once");
  }

  /** The one declared length; more than a long can hold counts as very large. */
  static long length(List<String> lengths) throws HttpRefusal {
    String value = lengths.get(0);
    if (lengths.size() > 1 || value.isEmpty()) {
      throw HttpRefusal.malformed("Content-Length must stand once and be a number");
    }
    long length = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isDigit(c)) {
        throw HttpRefusal.malformed("Content-Length must be a number");
      }
      length = length > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE - 9 : length * 10 + (c - '0');
    }
    return length;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether the client waits for a go-ahead before it sends the body. */
  boolean expectsContinue() throws HttpRefusal {
    List<String> expected = headers.all("Expect");
    if (expected.isEmpty() || http10) {
      return false;
    }
    if (expected.size() > 1 || !expected.get(0).equalsIgnoreCase("100-continue")) {
      throw new HttpRefusal(417, "only 100-continue may be expected");
    }
    return true;
  }

  /** Returns whether the connection stays open after the answer. */
  boolean isPersistent() {
    return http10
        ? headers.lists("Connection", "keep-alive") && !headers.lists("Connection", "close")
        : !headers.lists("Connection", "close");
  }

  /** See {@link HttpExchange#isWebSocketUpgrade()}. */
  boolean isWebSocketUpgrade() {
    List<String> keys = headers.all("Sec-WebSocket-Key");
    return method.equals("GET")
        && !http10
        && headers.lists("Connection", "Upgrade")
        && headers.lists("Upgrade", "websocket")
        && headers.all("Sec-WebSocket-Version").equals(List.of("13"))
        && keys.size() == 1
        && AcceptKey.isKey(keys.get(0));
  }
}
