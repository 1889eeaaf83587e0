package io.github.webpubsubtestkit.internal.transport;

import java.net.URI;

/** How a request of our own begins. */
final class RequestWriter {

  private RequestWriter() {}

  /** Path and query go out as they stand in the URL. */
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
