package io.github.webpubsubtestkit.benchmark.rival;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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

  /** Connects to a server of the same key, handshake included. */
  public static End connect(SSLContext context, SocketAddress address) throws IOException {
    End client = new End(SocketChannel.open(address), engine(context, true));
    client.handshake();
    return client;
  }

  /** A server on a thread of its own that sends whole messages of a known length back. */
  public static final class Echo implements AutoCloseable {

    private final ServerSocketChannel listening;
    private final SSLContext context;
    private final int messageBytes;

    /** Starts it, for one client. */
    public Echo(SSLContext context, int messageBytes) throws IOException {
      this.context = context;
      this.messageBytes = messageBytes;
      listening = ServerSocketChannel.open();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread thread = new Thread(this::serve, "bare-tls-echo");
      thread.setDaemon(true);
      thread.start();
    }

    /** Where it listens. */
    public SocketAddress address() throws IOException {
      return listening.getLocalAddress();
    }

    private void serve() {
      try (SocketChannel accepted = listening.accept()) {
        End end = new End(accepted, engine(context, false));
        end.handshake();
        ByteBuffer message = ByteBuffer.allocate(messageBytes);
        while (true) {
          message.clear();
          while (message.hasRemaining()) {
            message.put(end.receiveSome());
          }
          end.send(message.flip());
        }
      } catch (IOException e) { // the client has gone, or notices that this one has
        return;
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  /** One end, with blocking calls. */
  public static final class End implements AutoCloseable {

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
        left -= receiveSome().remaining();
      }
      if (left < 0) {
        throw new IOException("received more than was expected");
      }
    }

    /** Receives what comes next, at most a record; valid until the next call. */
    public ByteBuffer receiveSome() throws IOException {
      plain.clear();
      while (plain.position() == 0) {
        if (engine.unwrap(in, plain).getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
          fill();
        }
      }
      return plain.flip();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
