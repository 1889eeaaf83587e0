package io.github.webpubsubtestkit.internal.wire;

/**
 * A message from a service that does not follow its subprotocol; the text says what and shows the
 * message.
 */
public final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What was wrong. */
  public MalformedMessageException(String message) {
    super(message);
  }
}
