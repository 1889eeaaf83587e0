package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.UserFrames;

/**
 * Thrown if the service answered the handshake of a connection with an HTTP status other than 101.
 *
 * @since 0.1
 */
public final class HandshakeRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The status of the response. */
  private final int statusCode;

  /** The body of the response. */
  private final String body;

  HandshakeRejectedException(String message, int statusCode, String body) {
    super(message);
    UserFrames.trim(this);
    this.statusCode = statusCode;
    this.body = body;
  }

  /**
   * Returns the HTTP status.
   *
   * @return for example 401
   * @since 0.1
   */
  public int statusCode() {
    return statusCode;
  }

  /**
   * Returns the body of the response, decoded as UTF-8.
   *
   * @return the body; empty if there was none
   * @since 0.1
   */
  public String body() {
    return body;
  }
}
