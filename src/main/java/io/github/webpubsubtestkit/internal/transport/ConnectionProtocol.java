package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What the bytes of one connection mean at the moment: HTTP requests, the answer to a handshake, or
 * WebSocket frames. All methods are called on the loop thread.
 */
interface ConnectionProtocol {

  /** A client's TCP connection is there. */
  default void onConnected() {}

  /**
   * Bytes came. Takes all of them, unless it switches the endpoint to another protocol, which then
   * gets the rest. The buffer has an array without offset and is used for something else later.
   */
  void onInput(ByteBuffer in);

  /** The peer sends nothing more; it may still read. */
  void onInputEnd();

  /**
   * A write failed; what was queued is gone. Reading goes on, because the peer may have said
   * something before it left.
   */
  void onWriteFailure(IOException failure);

  /** The connection broke, nothing can be read or written any more. The socket is closed. */
  void onBroken(IOException failure);

  /** The loop stops; a last word may be queued and is written at once as far as it goes. */
  void onStop();
}
