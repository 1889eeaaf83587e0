package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.Outbound;
import io.github.webpubsubtestkit.internal.hub.Receiver;
import io.github.webpubsubtestkit.internal.transport.Frame;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;

/** The receiver of the hub's messages for one connection: its socket. */
record SocketReceiver(WebSocketConnection socket) implements Receiver {

  @Override
  public Outbound prepare(EncodedMessage message) {
    return new Framed(message, Frame.of(message.text(), message.bytes()));
  }

  @Override
  public void deliver(Outbound message) {
    socket.send(((Framed) message).frame());
  }

  @Override
  public void reading(boolean on) {
    if (on) {
      socket.resumeReading();
    } else {
      socket.pauseReading();
    }
  }

  @Override
  public void close(int code, String reason) {
    socket.close(code, reason);
  }

  @Override
  public void abort() {
    socket.abort();
  }

  /** A message with its frame, shared by all receivers. */
  private record Framed(EncodedMessage message, Frame frame) implements Outbound {}
}
