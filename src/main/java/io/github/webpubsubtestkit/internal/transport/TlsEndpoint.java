package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A socket with TLS. Beyond a plain one it reads what a record has left over, and goes on when the
 * handshake has computed something.
 */
final class TlsEndpoint extends Endpoint {

  private final TlsLayer tls;

  private TlsEndpoint(
      TransportLoop loop, PlainSocket socket, TlsLayer tls, Object lock, @Nullable Owner owner) {
    super(loop, socket, tls, lock, owner);
    this.tls = tls;
  }

  /**
   * A socket that is not served yet.
   *
   * @param engine in client or server mode
   * @param owner of an accepted connection; null for one of ours
   */
  static TlsEndpoint of(
      TransportLoop loop, SocketChannel channel, SSLEngine engine, @Nullable Owner owner) {
    PlainSocket socket = new PlainSocket(channel);
    Object lock = new Object();
    TlsLayer layer = new TlsLayer(socket, engine, lock, loop.tls());
    TlsEndpoint endpoint = new TlsEndpoint(loop, socket, layer, lock, owner);
    layer.onProgress(() -> loop.execute(endpoint::proceed));
    return endpoint;
  }

  /** Sets what to run once, when the handshake is over or the connection has ended before. */
  void onHandshakeEnd(Runnable task) {
    tls.onHandshakeEnd(task);
  }

  /** Returns whether nothing has come from the peer so far, not even of the handshake. */
  boolean isUnanswered() {
    return tls.isUnanswered();
  }

  private void proceed() {
    try {
      pushNow();
      read(loop.input());
    } catch (Throwable failure) { // as in the loop
      onFailure(failure);
    }
  }

  @Override
  void read(ByteBuffer buffer) {
    do {
      super.read(buffer);
      pushNow(); // what TLS has to say, and what waited for the end of its handshake
    } while (tls.hasInput() && mayRead());
  }

  @Override
  void setReading(boolean on) {
    super.setReading(on);
    if (on && tls.hasInput()) {
      loop.execute(this::proceed);
    }
  }

  @Override
  void shutdownOutput() {
    super.shutdownOutput();
    pushNow();
  }

  /** What to wait for depends on the layer, too. */
  @Override
  void flush(boolean evenIfBlocked) {
    super.flush(evenIfBlocked);
    updateInterest();
  }

  @Override
  void fail(IOException failure) {
    if (!tls.isEstablished()) {
      tellOwner(failure.getMessage());
    }
    super.fail(failure);
  }
}
