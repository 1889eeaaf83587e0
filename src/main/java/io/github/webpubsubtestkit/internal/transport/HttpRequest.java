package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;

/**
 * One HTTP/1.1 request, its body complete.
 *
 * @param method as sent, for example {@code POST}
 * @param target the request target as sent, still percent-encoded, for example {@code
 *     /api/hubs/chat/:send?a=b}; an absolute-form target ({@code GET http://host/path}) arrives as
 *     its path and query
 * @param headers all header lines (trailers are dropped)
 * @param body the whole body, without transfer coding; empty if there is none or {@code
 *     bodyTooLarge}
 * @param bodyTooLarge the body is larger than {@link TransportLimits#maxBodyBytes()}: it was not
 *     kept, and the connection closes after the answer
 */
public record HttpRequest(
    String method, String target, HttpHeaders headers, byte[] body, boolean bodyTooLarge) {

  /** The method and target, without their secrets. */
  @Override
  public String toString() {
    return Secrets.mask(method + " " + target);
  }

  /** The target up to the question mark. */
  public String rawPath() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The target behind the question mark, still encoded; empty if there is none. */
  public String rawQuery() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }
}
