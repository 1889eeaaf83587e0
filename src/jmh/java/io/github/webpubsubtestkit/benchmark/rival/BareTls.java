package io.github.webpubsubtestkit.benchmark.rival;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** The JDK's {@link SSLEngine} with nothing around it, the least that TLS costs. */
public final class BareTls {

  private BareTls() {}

  private static SSLEngine engine(SSLContext context, boolean client) {
    SSLEngine engine = context.createSSLEngine("localhost", 1);
    engine.setUseClientMode(client);
    return engine;
  }

  /** A handshake in memory. */
  public static void handshake(SSLContext context) throws IOException {
    SSLEngine client = engine(context, true);
    SSLEngine server = engine(context, false);
    ByteBuffer toServer = ByteBuffer.allocate(40_000).flip();
    ByteBuffer toClient = ByteBuffer.allocate(40_000).flip();
    client.beginHandshake();
    server.beginHandshake();
    while (isHandshaking(client) || isHandshaking(server)) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
  }

  private static boolean isHandshaking(SSLEngine engine) {
    return engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> {
        out.compact();
        engine.wrap(ByteBuffer.allocate(0), out);
        out.flip();
      }
      default -> {
        if (in.hasRemaining()) {
          engine.unwrap(in, ByteBuffer.allocate(17_000));
        }
      }
    }
  }

  /** Two ends of one connection over sockets, each used by a thread of its own. */
  public static final class Pair implements AutoCloseable {

    public final End client;
    public final End server;

    /** Connects, handshake included. */
    public Pair(SSLContext context) throws Exception {
      try (ServerSocketChannel listening = ServerSocketChannel.open()) {
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = new End(SocketChannel.open(listening.getLocalAddress()), engine(context, true));
        server = new End(listening.accept(), engine(context, false));
      }
      Thread other =
          new Thread(
              () -> {
                try {
                  server.handshake();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      other.start();
      client.handshake();
      other.join();
    }

    @Override
    public void close() throws IOException {
      client.channel.close();
      server.channel.close();
    }
  }

  /** One end, with blocking calls. */
  public static final class End {

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer in = ByteBuffer.allocate(34 * 1024).flip();
    private final ByteBuffer out = ByteBuffer.allocate(34 * 1024);
    private final ByteBuffer plain = ByteBuffer.allocate(17 * 1024);

    End(SocketChannel channel, SSLEngine engine) throws IOException {
      this.channel = channel;
      this.engine = engine;
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    void handshake() throws IOException {
      engine.beginHandshake();
      while (isHandshaking(engine)) {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> engine.getDelegatedTask().run();
          case NEED_WRAP -> {
            engine.wrap(ByteBuffer.allocate(0), out);
            flush();
          }
          default -> {
            plain.clear();
            if (engine.unwrap(in, plain).getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
              fill();
            }
          }
        }
      }
    }

    private void flush() throws IOException {
      out.flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      out.clear();
    }

    private void fill() throws IOException {
      in.compact();
      if (channel.read(in) < 0) {
        throw new IOException("ended");
      }
      in.flip();
    }

    /** Sends bytes. */
    public void send(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        engine.wrap(bytes, out);
        flush();
      }
    }

    /** Receives so many bytes, and drops them. */
    public void receive(int bytes) throws IOException {
      int left = bytes;
      while (left > 0) {
        plain.clear();
        SSLEngineResult result = engine.unwrap(in, plain);
        left -= result.bytesProduced();
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
          fill();
        }
      }
    }
  }
}
