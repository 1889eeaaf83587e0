package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One selector thread that serves one listening port and any number of client sockets. */
public final class TransportLoop implements AutoCloseable {

  private final LoopTimers timers;

  private TransportLoop(LoopTimers timers) {
    this.timers = timers;
  }

  /** Starts the loop's daemon thread. The loop drives the timers. */
  public static TransportLoop start(String threadName, LoopTimers timers) {
    return new TransportLoop(timers);
  }

  /** The timers that this loop drives. */
  public Timers timers() {
    return timers;
  }

  /**
   * Binds in the calling thread and starts to accept.
   *
   * @return the bound address, with the real port where 0 was asked for
   * @throws IOException if the address cannot be bound; a {@link java.net.BindException} that names
   *     the address if it is taken
   */
  public InetSocketAddress listen(
      InetSocketAddress address, TransportLimits limits, HttpHandler handler) throws IOException {
    if (address.getPort() < 65_536) {
      throw new IOException("not yet");
    }
    return address;
  }

  /** Begins to open a WebSocket; returns at once. */
  public void connect(
      ClientHandshake handshake, TransportLimits limits, ClientHandshakeHandler handler) {}

  /**
   * Runs a task on the loop thread, in the order of the calls; returns false if the loop has been
   * stopped.
   */
  public boolean execute(Runnable task) {
    return false;
  }

  /** Whether the caller is the loop thread. */
  public boolean inLoop() {
    return false;
  }

  /**
   * Stops: no new connections, close frames with 1001 to all open WebSockets of the listening port,
   * all sockets closed, thread ended. Idempotent, bounded (1 s), from any thread; throws {@link
   * IllegalStateException} naming what did not end.
   */
  @Override
  public void close() {}
}
