package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;

/** A socket that asked for a connection which cannot be recovered (client-protocols F.4). */
final class RefusedRecovery implements WebSocketHandler {

  RefusedRecovery(WebSocketConnection socket) {
    socket.close(1008, "The connection could not be recovered.");
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    // whatever the client still sends belongs to no connection
  }

  @Override
  public void onEnd(ConnectionEnd end) {
    // nothing was registered
  }
}
