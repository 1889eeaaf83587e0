package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.net.URI;

/**
 * A request to the application (event-handlers 3.1, 4).
 *
 * @param method {@code OPTIONS}, {@code GET} or {@code POST}
 * @param uri where it goes, query included
 * @param headers all lines but {@code Host} and {@code Content-Length}, which HTTP adds; the values
 *     are text, of which only {@code ce-userId} may be other than ASCII: on the wire it is UTF-8
 * @param body perhaps empty; nobody changes it
 */
public record UpstreamRequest(String method, URI uri, HttpHeaders headers, byte[] body) {

  /** {@code POST http://127.0.0.1:7071/eh/connect}; a query may hold a secret and is not shown. */
  @Override
  public String toString() {
    String url = uri.toString();
    int query = url.indexOf('?');
    return method + " " + (query < 0 ? url : url.substring(0, query) + "?…");
  }
}
