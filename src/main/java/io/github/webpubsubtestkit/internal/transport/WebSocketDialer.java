package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;

/** WebSockets that this side opens. */
public final class WebSocketDialer {

  private WebSocketDialer() {}

  /** Begins to open a WebSocket on a loop; returns at once. */
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
