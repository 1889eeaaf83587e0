package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the result of a client's handshake; exactly one method is called, once, on the loop
 * thread.
 */
public interface ClientHandshakeHandler {

  /**
   * Called if the peer answered with a valid 101.
   *
   * @param subprotocol the subprotocol selected by the peer, or null
   * @return the handler of the connection
   */
  WebSocketHandler onOpen(WebSocketConnection connection, @Nullable String subprotocol);

  /** Called with any other response than 101, including its body (within the limits). */
  void onRefused(HttpResponse response);

  /**
   * Called without a response: TCP was refused or broken, a timeout, or an invalid WebSocket
   * handshake.
   */
  void onFailed(IOException failure);
}
