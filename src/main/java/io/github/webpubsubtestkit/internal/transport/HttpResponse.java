package io.github.webpubsubtestkit.internal.transport;

/**
 * One HTTP answer. The transport adds {@code Content-Length} (also for empty bodies, except with
 * 204 and as an answer to HEAD), {@code Date}, and {@code Connection: close} where the connection
 * ends; a HEAD request gets no body bytes.
 */
public record HttpResponse(int status, HttpHeaders headers, byte[] body) {

  private static final byte[] EMPTY = {};

  /** Returns whether an answer with this status can have a body. */
  public static boolean mayHaveBody(int status) {
    return status != 204 && status != 304;
  }

  /** A status with no body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, HttpHeaders.none(), EMPTY);
  }

  /** A status and headers with no body. */
  public static HttpResponse of(int status, HttpHeaders headers) {
    return new HttpResponse(status, headers, EMPTY);
  }

  /** A status with a body of a content type. */
  public static HttpResponse of(int status, String contentType, byte[] body) {
    return new HttpResponse(status, HttpHeaders.of("Content-Type", contentType), body);
  }
}
