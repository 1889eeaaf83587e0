package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hears how a client's handshake ends; exactly one method is called, once, on the loop thread. */
public interface ClientHandshakeHandler {

  /**
   * The peer answered 101 and everything was in order.
   *
   * @param subprotocol what the peer selected, or null
   * @return receives all that follows
   */
  WebSocketHandler onOpen(WebSocketConnection connection, @Nullable String subprotocol);

  /**
   * The peer answered something else than 101: the whole answer, body included (bounded by the
   * limits).
   */
  void onRefused(HttpResponse response);

  /**
   * No answer came: refused or broken TCP, time-out, or an answer that is no WebSocket handshake.
   */
  void onFailed(IOException failure);
}
