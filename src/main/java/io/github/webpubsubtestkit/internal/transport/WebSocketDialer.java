package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;

/** Opens WebSockets from this side. */
public final class WebSocketDialer {

  private WebSocketDialer() {}

  /** Starts opening a WebSocket on a loop; returns immediately. */
  public static void connect(
      TransportLoop loop,
      ClientHandshake handshake,
      TransportLimits limits,
      ClientHandshakeHandler handler) {
    ClientHandshakeProtocol opening = new ClientHandshakeProtocol(loop, handshake, limits, handler);
    IOException failure = null;
    try {
      opening.prepare();
    } catch (IOException e) {
      failure = e;
    }
    IOException early = failure;
    boolean accepted =
        loop.execute(
            () -> {
              if (early != null) {
                opening.fail(early);
              } else {
                opening.start();
              }
            });
    if (!accepted) {
      opening.fail(early != null ? early : loop.stopped());
    }
  }
}
