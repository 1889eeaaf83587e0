package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;

/** A socket whose recovery was refused (client-protocols F.4). */
final class RefusedRecovery implements WebSocketHandler {

  RefusedRecovery(WebSocketConnection socket) {
    socket.close(1008, "The connection could not be recovered.");
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    // further frames of the client belong to no connection
  }

  @Override
  public void onEnd(ConnectionEnd end) {
    // nothing was registered
  }
}
