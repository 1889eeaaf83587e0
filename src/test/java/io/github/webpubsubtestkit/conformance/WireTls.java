package io.github.webpubsubtestkit.conformance;

import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The records of a {@link WireSocket} on TLS, which trusts the certificate of the kit. */
final class WireTls {

  private final SSLEngine engine;
  private final ByteBuffer unread = ByteBuffer.allocate(64 * 1024).flip();
  private boolean closed;

  WireTls(URI endpoint) throws SSLException {
    engine = TlsIdentity.ofKit().context().createSSLEngine(endpoint.getHost(), endpoint.getPort());
    engine.setUseClientMode(true);
    engine.beginHandshake();
  }

  /** Returns what TLS needs next; its own computations are done. */
  HandshakeStatus needs() {
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
    return engine.getHandshakeStatus();
  }

  /** Returns whether the peer has said that this is the end (close_notify). */
  boolean isClosed() {
    return closed;
  }

  /** Returns these bytes as records, and whatever TLS itself has to say. */
  byte[] wrap(byte[] bytes) throws SSLException {
    ByteBuffer plain = ByteBuffer.wrap(bytes);
    ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    do {
      Status status = engine.wrap(plain, packet.clear()).getStatus();
      records.write(packet.array(), 0, packet.position());
      if (status == Status.CLOSED) {
        break;
      }
    } while (plain.hasRemaining() || needs() == HandshakeStatus.NEED_WRAP);
    return records.toByteArray();
  }

  /** Returns the record that ends TLS in good order (close_notify). */
  byte[] wrapEnd() throws SSLException {
    engine.closeOutbound();
    return wrap(new byte[0]);
  }

  /** Reads what has arrived; the numbers are those of {@link ReadableByteChannel#read}. */
  int read(ReadableByteChannel channel, ByteBuffer target) throws IOException {
    int start = target.position();
    while (true) {
      unwrap(target);
      if (target.position() > start || needs() == HandshakeStatus.NEED_WRAP) {
        return target.position() - start;
      }
      int count = channel.read(unread.compact());
      unread.flip();
      if (count <= 0) {
        return count;
      }
    }
  }

  private void unwrap(ByteBuffer target) {
    Status status = closed ? Status.CLOSED : Status.OK;
    while (status == Status.OK && needs() != HandshakeStatus.NEED_WRAP && unread.hasRemaining()) {
      try {
        status = engine.unwrap(unread, target).getStatus();
      } catch (SSLException e) {
        throw new AssertionError("the service breaks TLS", e);
      }
    }
    if (status == Status.CLOSED) {
      closed = true;
      unread.position(unread.limit()); // only the end of TCP is left to be seen
    }
  }
}
