package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;

/** Thrown if work was still pending when the time was up; the message names it. */
public final class NotIdleException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception for pending work.
   *
   * @param busy the connection, request or handler that was waited for
   */
  public NotIdleException(String busy) {
    super(Secrets.mask(busy));
  }

  /** The connection, request or handler that was waited for. */
  public String busy() {
    return String.valueOf(getMessage());
  }
}
