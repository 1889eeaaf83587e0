package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.UserFrames;

/**
 * Thrown if the service did not carry out a client's request.
 *
 * @since 0.1
 */
public final class AckFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The name in the ack. */
  private final String errorName;

  /** The text in the ack. */
  private final String errorMessage;

  AckFailedException(String message, String errorName, String errorMessage) {
    super(message);
    UserFrames.trim(this);
    this.errorName = errorName;
    this.errorMessage = errorMessage;
  }

  /**
   * Returns the service's name of the error.
   *
   * @return for example {@code Forbidden}
   * @since 0.1
   */
  public String errorName() {
    return errorName;
  }

  /**
   * Returns the service's description of the error.
   *
   * @return for example {@code The client does not have permission to join group 'vip'.}
   * @since 0.1
   */
  public String errorMessage() {
    return errorMessage;
  }
}
