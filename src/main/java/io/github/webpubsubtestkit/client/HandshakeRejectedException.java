package io.github.webpubsubtestkit.client;

/**
 * The service answered the opening of a connection with an HTTP status other than 101.
 *
 * @since 0.1
 */
public final class HandshakeRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The status of the answer. */
  private final int statusCode;

  /** The body of the answer. */
  private final String body;

  HandshakeRejectedException(String message, int statusCode, String body) {
    super(message);
    this.statusCode = statusCode;
    this.body = body;
  }

  /**
   * The HTTP status.
   *
   * @return for example 401
   * @since 0.1
   */
  public int statusCode() {
    return statusCode;
  }

  /**
   * The body of the answer, read as UTF-8.
   *
   * @return empty if there was none
   * @since 0.1
   */
  public String body() {
    return body;
  }
}
