package io.github.webpubsubtestkit.benchmark.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many WebSocket clients on plain sockets that read what comes and count it, on one thread: the
 * same, and as little as possible, for every server. The first of them can also send.
 */
public final class Receivers implements AutoCloseable {

  private final List<SocketChannel> channels = new ArrayList<>();
  private final Selector selector;
  private final Thread reader;
  private long handshakes; // guarded by this
  private long frames; // guarded by this
  private Throwable failure; // guarded by this

  private Receivers(int count, URI uri, String subprotocol) throws IOException {
    selector = Selector.open();
    String request =
        "GET "
            + uri.getRawPath()
            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
            + " HTTP/1.1\r\nHost: "
            + uri.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + "\r\n";
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
      channels.add(channel);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.write(ByteBuffer.wrap(bytes));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Counter());
    }
    reader = new Thread(this::read, "receivers");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Opens clients that offer a subprotocol (empty: none) and waits until all have got their 101.
   */
  public static Receivers open(int count, URI uri, String subprotocol)
      throws IOException, InterruptedException {
    Receivers receivers = new Receivers(count, uri, subprotocol);
    if (!receivers.await(() -> receivers.handshakes == count, 60_000)) {
      throw new IllegalStateException("only " + receivers.handshakes + " handshakes");
    }
    return receivers;
  }

  /** Sends bytes through the first socket. */
  public void send(ByteBuffer bytes) throws IOException {
    send(channels.get(0), bytes);
  }

  private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /** Sends bytes through every socket. */
  public void sendFromEach(ByteBuffer bytes) throws IOException {
    for (SocketChannel channel : channels) {
      send(channel, bytes);
    }
  }

  /** How many frames have come to all of them. */
  public synchronized long frames() {
    return frames;
  }

  /** Waits until so many frames have come to all of them; fails if they do not within a minute. */
  public void awaitFrames(long expected) throws InterruptedException {
    if (!awaitFrames(expected, 60_000)) {
      throw new IllegalStateException(frames() + " frames instead of " + expected);
    }
  }

  /** Waits until so many frames have come to all of them; false if they have not in that time. */
  public boolean awaitFrames(long expected, long millis) throws InterruptedException {
    return await(() -> frames >= expected, millis);
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized boolean await(Condition condition, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!condition.holds()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (failure != null) {
        throw new IllegalStateException(
            "after " + handshakes + " handshakes and " + frames + " frames", failure);
      }
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    try {
      while (selector.isOpen()) {
        Totals round = new Totals();
        selector.select(
            key -> {
              try {
                buffer.clear();
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                  throw new IOException("the server has closed a connection");
                }
                ((Counter) key.attachment()).count(buffer.flip(), round);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
        synchronized (this) {
          handshakes += round.handshakes;
          frames += round.frames;
          notifyAll();
        }
      }
    } catch (Exception e) {
      if (selector.isOpen()) {
        synchronized (this) {
          failure = e;
          notifyAll();
        }
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    selector.close();
    reader.join(10_000);
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  private static final class Totals {
    private int handshakes;
    private int frames;
  }

  /** Counts the frames of one connection; knows only as much of RFC 6455 as that takes. */
  private static final class Counter {

    private int headEnd; // how much of the empty line behind the head has been seen
    private final byte[] header = new byte[10];
    private int headerBytes;
    private long payloadLeft;

    void count(ByteBuffer in, Totals totals) {
      while (headEnd < 4 && in.hasRemaining()) {
        byte next = in.get();
        headEnd = next == "\r\n\r\n".charAt(headEnd) ? headEnd + 1 : next == '\r' ? 1 : 0;
        totals.handshakes += headEnd == 4 ? 1 : 0;
      }
      while (in.hasRemaining()) {
        if (payloadLeft > 0) {
          int step = (int) Math.min(payloadLeft, in.remaining());
          in.position(in.position() + step);
          payloadLeft -= step;
        } else {
          header[headerBytes++] = in.get();
          if (headerBytes < 2 || headerBytes < headerLength()) {
            continue;
          }
          payloadLeft = payloadLength();
          headerBytes = 0;
        }
        if (payloadLeft == 0) {
          totals.frames++;
        }
      }
    }

    private int headerLength() {
      return switch (header[1] & 0x7f) {
        case 126 -> 4;
        case 127 -> 10;
        default -> 2;
      };
    }

    private long payloadLength() {
      ByteBuffer bytes = ByteBuffer.wrap(header, 2, 8);
      return switch (header[1] & 0x7f) {
        case 126 -> bytes.getShort() & 0xffff;
        case 127 -> bytes.getLong();
        default -> header[1] & 0x7f;
      };
    }
  }
}
