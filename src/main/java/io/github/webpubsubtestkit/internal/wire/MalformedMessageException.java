package io.github.webpubsubtestkit.internal.wire;

/**
 * Thrown if a message from a service violates its subprotocol; the text describes the error and
 * shows the message.
 */
public final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates an exception that describes the error. */
  public MalformedMessageException(String message) {
    super(message);
  }
}
