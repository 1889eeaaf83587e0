package io.github.webpubsubtestkit.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection, with TLS for an {@code https} endpoint, on which no wait is unbounded, neither
 * reading nor writing.
 *
 * <p>Used by one thread. A write that the peer no longer takes is not a failure by itself: what the
 * peer said before it hung up can still be read, and that is what a test looks at.
 */
public final class WireSocket implements AutoCloseable {

  /** How a connection came to its end. */
  public enum End {
    /** The peer closed in good order (FIN, on TLS behind close_notify). */
    END_OF_STREAM,
    /** The peer closed TCP in good order, but not TLS: something may be missing. */
    TRUNCATED,
    /** The peer aborted (RST). */
    RESET
  }

  /** How long a test waits for a byte, or for room to write one. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final @Nullable WireTls tls;
  private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).flip();
  private Duration timeout = DEFAULT_TIMEOUT;
  private @Nullable End end;
  private @Nullable IOException writeFailure;

  private WireSocket(SocketChannel channel, @Nullable WireTls tls) throws IOException {
    this.channel = channel;
    this.tls = tls;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, 0);
  }

  /** Connects to host and port of this address. */
  public static WireSocket connect(URI endpoint) {
    return connect(endpoint, 0);
  }

  /**
   * Connects with a receive buffer of a given size, so that a peer soon notices that nobody reads.
   *
   * @param receiveBuffer size in bytes, 0 for the system's choice
   */
  public static WireSocket connect(URI endpoint, int receiveBuffer) {
    try {
      SocketChannel channel = SocketChannel.open();
      try {
        if (receiveBuffer > 0) {
          channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel
            .socket()
            .connect(
                new InetSocketAddress(endpoint.getHost(), endpoint.getPort()),
                (int) DEFAULT_TIMEOUT.toMillis());
        boolean secure = "https".equals(endpoint.getScheme());
        WireSocket socket = new WireSocket(channel, secure ? new WireTls(endpoint) : null);
        socket.shakeHands();
        return socket;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + endpoint, e);
    }
  }

  private void shakeHands() throws IOException {
    if (tls == null) {
      return;
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    for (HandshakeStatus needs = tls.needs();
        needs != HandshakeStatus.NOT_HANDSHAKING;
        needs = tls.needs()) {
      if (needs == HandshakeStatus.NEED_WRAP) {
        send(new byte[0]);
      } else if (tls.read(channel, input.clear()) < 0
          || (tls.needs() == needs && !await(SelectionKey.OP_READ, deadline))) {
        throw new IOException("the TLS handshake was not finished");
      }
    }
    input.limit(0); // the service says nothing unasked
  }

  /** Changes how long a wait may take; for tests of the driver itself. */
  public WireSocket timeout(Duration newTimeout) {
    timeout = newTimeout;
    return this;
  }

  /** Sends these bytes, in one packet if the system can. */
  public void send(byte[] bytes) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      ByteBuffer output = ByteBuffer.wrap(tls == null ? bytes : tls.wrap(bytes));
      while (true) {
        channel.write(output);
        if (!output.hasRemaining()) {
          return;
        }
        if (!await(SelectionKey.OP_WRITE, deadline)) {
          throw new AssertionError(
              "the peer read nothing for %s; %d of %d bytes are unsent"
                  .formatted(timeout, output.remaining(), output.limit()));
        }
      }
    } catch (IOException e) {
      writeFailure = e;
    }
  }

  /** Sends each byte by a write of its own. */
  public void sendByteByByte(byte[] bytes) {
    for (byte b : bytes) {
      send(new byte[] {b});
    }
  }

  /**
   * The next byte, or -1 when the connection has ended, see {@link #end()}.
   *
   * @throws AssertionError if nothing comes in time
   */
  public int read() {
    if (!input.hasRemaining() && !fill()) {
      return -1;
    }
    return input.get() & 0xff;
  }

  /** The next {@code length} bytes, or null when the connection ends before they are complete. */
  public byte @Nullable [] read(int length) {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      if (!input.hasRemaining() && !fill()) {
        return null;
      }
      int part = Math.min(length - done, input.remaining());
      input.get(bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /** How the connection ended, or null while a read has not met the end. */
  public @Nullable End end() {
    return end;
  }

  /** Shuts the sending side, as {@code shutdownOutput} does. */
  public void endOutput() {
    try {
      endTls();
      channel.shutdownOutput();
    } catch (IOException e) {
      writeFailure = e;
    }
  }

  /** Aborts the connection with a TCP reset. */
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closeTcp();
  }

  @Override
  public void close() {
    try {
      endTls();
    } catch (IOException e) {
      writeFailure = e; // the peer has ended before
    }
    closeTcp();
  }

  private void endTls() throws IOException {
    if (tls != null && channel.isOpen()) {
      channel.write(ByteBuffer.wrap(tls.wrapEnd()));
    }
  }

  private void closeTcp() {
    try {
      channel.close();
      selector.close(); // a channel is only really closed once its key is gone from the selector
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return (end == null ? "connection open" : "connection ended by " + end)
        + (writeFailure == null ? "" : ", a write failed: " + writeFailure.getMessage());
  }

  private boolean fill() {
    if (end != null) {
      return false;
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    input.clear();
    try {
      while (true) {
        int count = tls == null ? channel.read(input) : tls.read(channel, input);
        if (count < 0) {
          end = tls == null || tls.isClosed() ? End.END_OF_STREAM : End.TRUNCATED;
          return false;
        }
        if (count > 0) {
          return true;
        }
        if (!await(SelectionKey.OP_READ, deadline)) {
          throw new AssertionError("nothing arrived within %s; %s".formatted(timeout, this));
        }
      }
    } catch (IOException e) {
      end = tls != null && tls.isClosed() ? End.END_OF_STREAM : End.RESET;
      return false;
    } finally {
      input.flip();
    }
  }

  private boolean await(int operation, long deadline) throws IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    key.interestOps(operation);
    selector.select(Math.max(1, left / 1_000_000));
    selector.selectedKeys().clear();
    if (Thread.interrupted()) {
      throw new AssertionError("interrupted while waiting; " + this);
    }
    return true;
  }
}
