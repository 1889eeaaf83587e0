package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.Pending;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What faults do to the sockets of one service, and how long. */
final class FaultySockets {

  private final Timers timers;
  private final Pending held;
  private final List<WebSocketConnection> silent = new ArrayList<>(0); // guarded by this

  /**
   * Nothing yet.
   *
   * @param held gets the messages that are held back
   */
  FaultySockets(Timers timers, Pending held) {
    this.timers = timers;
    this.held = held;
  }

  Timers timers() {
    return timers;
  }

  Pending held() {
    return held;
  }

  /** A socket is in silence from now on, perhaps longer than it serves a connection. */
  void addSilent(WebSocketConnection socket) {
    synchronized (this) {
      silent.add(socket);
    }
    socket.faults().beginSilence();
  }

  /** Returns whether the socket of the client with this address is in silence. */
  synchronized boolean isSilent(SocketAddress client) {
    return silent.stream().anyMatch(each -> client.equals(each.remoteAddress()));
  }

  /** Resets the sockets that are in silence. */
  void endSilence() {
    List<WebSocketConnection> all;
    synchronized (this) {
      all = List.copyOf(silent);
      silent.clear();
    }
    all.forEach(each -> each.faults().endSilence());
  }
}
