package io.github.webpubsubtestkit.internal.json;

/** A text is not exactly one JSON value; the message says why. */
public final class InvalidJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }
}
