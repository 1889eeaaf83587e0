package io.github.webpubsubtestkit.internal.transport;

import java.net.URI;

/** Writes the beginning of the kit's own requests. */
final class RequestWriter {

  private RequestWriter() {}

  /** Writes the request line; path and query are sent as in the URL. */
  static void requestLine(StringBuilder head, String method, URI uri) {
    String path = uri.getRawPath();
    head.append(method).append(' ').append(path == null || path.isEmpty() ? "/" : path);
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\n");
  }

  /** The host, with its port if the URL names one. */
  static void host(StringBuilder head, URI uri) {
    String host = uri.getHost();
    ResponseWriter.line(head, "Host", uri.getPort() < 0 ? host : host + ":" + uri.getPort());
  }
}
