package io.github.webpubsubtestkit.internal.transport;

import java.net.URI;

/** Writes the beginning of the kit's own requests. */
final class RequestWriter {

  private RequestWriter() {}

  /** The path and query of a URL, as in the URL. */
  static String target(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + '?' + url.getRawQuery();
  }

  /** Writes the request line. */
  static void requestLine(StringBuilder head, String method, String target) {
    head.append(method).append(' ');
    if (!target.startsWith("/")) {
      head.append('/');
    }
    head.append(target).append(" HTTP/1.1\r\n");
  }

  /** Writes the host, with its port if that is not negative. */
  static void host(StringBuilder head, String host, int port) {
    ResponseWriter.line(head, "Host", port < 0 ? host : host + ":" + port);
  }
}
