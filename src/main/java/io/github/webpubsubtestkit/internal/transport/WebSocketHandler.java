package io.github.webpubsubtestkit.internal.transport;

/**
 * Receives the events of one WebSocket. All methods are called on the loop thread, one at a time,
 * and must not block. An exception in one of them closes this connection with 1011 and does not
 * affect others.
 */
public interface WebSocketHandler {

  /**
   * Called with a whole message, fragments joined.
   *
   * @param text true for a text message, whose payload is valid UTF-8
   * @param payload owned by the callee
   */
  void onMessage(boolean text, byte[] payload);

  /** Called with a pong. (Pings are answered by the transport.) */
  default void onPong(byte[] payload) {}

  /**
   * Called when the peer starts closing. Answer with {@link WebSocketConnection#close} or {@link
   * WebSocketConnection#abort}, or defer the answer with {@link WebSocketConnection#deferClose};
   * otherwise the transport echoes code and reason. Not called when this side has started closing.
   *
   * @param code the peer's code, 1005 if its close frame had none
   */
  default void onPeerClose(int code, String reason) {}

  /**
   * Called when the peer violates the WebSocket protocol. Answer with {@link
   * WebSocketConnection#close}; if it is not called, the transport closes with the code and the
   * detail. Nothing more is read.
   *
   * @param code 1002 for a broken frame or sequence of frames (also: a close frame of one byte),
   *     1007 for a text that is not valid UTF-8, 1009 for a message over {@link
   *     TransportLimits#maxMessageBytes()}
   */
  default void onViolation(int code, String detail) {}

  /** Called when a method of this handler has failed; the connection is then closed with 1011. */
  default void onInternalError(String failure) {}

  /**
   * Called when the output waiting for the peer exceeds the {@link TransportLimits} and these
   * require a close with 1008: waiting output has been dropped, and nothing more can be sent. The
   * end follows when the peer has answered or the timeout has passed.
   */
  default void onOverflow() {}

  /**
   * Called when the connection has ended, exactly once, always from the loop, never from inside a
   * method of the connection.
   */
  void onEnd(ConnectionEnd end);
}
