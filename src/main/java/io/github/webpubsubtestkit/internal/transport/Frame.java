package io.github.webpubsubtestkit.internal.transport;

/**
 * A WebSocket data message on its way out, encoded once and sent to any number of connections.
 *
 * @param text whether it is a text frame (payload: UTF-8) or a binary one
 * @param payload never changed after this record was made
 */
public record Frame(boolean text, byte[] payload) {
  // the transport helper replaces this record by a class that caches the encoded server frame

  /** A frame of either kind. */
  public static Frame of(boolean text, byte[] payload) {
    return new Frame(text, payload);
  }
}
