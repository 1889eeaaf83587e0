package io.github.webpubsubtestkit.internal.transport;

/**
 * Receives what happens on one WebSocket. All methods are called on the loop thread, one at a time,
 * and must not block. An exception out of one of them closes this connection with 1011 and harms no
 * other.
 */
public interface WebSocketHandler {

  /**
   * One whole message, fragments joined.
   *
   * @param text whether it was a text message; the payload is then valid UTF-8
   * @param payload owned by the callee
   */
  void onMessage(boolean text, byte[] payload);

  /** A pong arrived. (Pings are answered by the transport.) */
  default void onPong(byte[] payload) {}

  /**
   * The peer began to close. Answer with {@link WebSocketConnection#close} or {@link
   * WebSocketConnection#abort}, or say with {@link WebSocketConnection#deferClose} that this will
   * be done later; otherwise the transport echoes code and reason. Not called when this side has
   * begun to close.
   *
   * @param code the peer's code, 1005 if its close frame had none
   */
  default void onPeerClose(int code, String reason) {}

  /**
   * The peer broke the WebSocket protocol. Answer with {@link WebSocketConnection#close}; if it is
   * not called, the transport closes with the code and the detail. Nothing more is read.
   *
   * @param code 1002 for a broken frame or sequence of frames (also: a close frame of one byte),
   *     1007 for a text that is no UTF-8, 1009 for a message over {@link
   *     TransportLimits#maxMessageBytes()}
   */
  default void onViolation(int code, String detail) {}

  /** A method of this handler has failed so; the connection is closed with 1011 next. */
  default void onInternalError(String failure) {}

  /**
   * More waits for the peer than {@link TransportLimits} allow, and these say that it is to be
   * closed with 1008: what was waiting has been dropped, and nothing more can be sent. The end
   * follows when the peer has answered or its time is over.
   */
  default void onOverflow() {}

  /**
   * The connection has ended; called exactly once, always from the loop, never from inside a method
   * of the connection.
   */
  void onEnd(ConnectionEnd end);
}
