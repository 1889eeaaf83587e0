package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The current protocol of one connection: HTTP requests, the response to a handshake, or WebSocket
 * frames. All methods are called on the loop thread.
 */
interface ConnectionProtocol {

  /** Called when a client's TCP connection is established. */
  default void onConnected() {}

  /**
   * Called with input. Takes all of it, unless it switches the endpoint to another protocol, which
   * then gets the rest. The buffer has an array without offset and is reused later.
   */
  void onInput(ByteBuffer in);

  /** Called when the peer has ended its output; it may still read. */
  void onInputEnd();

  /**
   * Called when a write has failed and the queue is lost. Reading continues, because the peer may
   * have sent something before it left.
   */
  void onWriteFailure(IOException failure);

  /** Called when the connection is broken and the socket is closed. */
  void onBroken(IOException failure);

  /** Answers the request of a client that is under way, if any, and ends the connection then. */
  default void answerUnderWay(HttpResponse response) {}

  /**
   * Called when the loop stops; final output may be queued and is written immediately as far as
   * possible.
   */
  void onStop();
}
