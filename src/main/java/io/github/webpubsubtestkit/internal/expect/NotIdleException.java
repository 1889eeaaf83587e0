package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;

/** Something was still under way when the time was up; the message names it. */
public final class NotIdleException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * What is not idle.
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
