package io.github.webpubsubtestkit.benchmark.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Sends one and the same request again and again over one connection; answers have no body. */
public final class KeptAliveCaller implements AutoCloseable {

  private static final byte[] EXPECTED = "HTTP/1.1 202 ".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(4096);

  /** Connects; the request is complete, head and body. */
  public KeptAliveCaller(int port, String request) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    this.request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** One call; fails if it is not answered with 202. */
  public void call() throws IOException {
    channel.write(request.duplicate());
    answer.clear();
    while (!endsWithEmptyLine()) {
      if (channel.read(answer) < 0) {
        throw new EOFException(answered());
      }
    }
    for (int i = 0; i < EXPECTED.length; i++) {
      if (answer.get(i) != EXPECTED[i]) {
        throw new IOException(answered());
      }
    }
  }

  private boolean endsWithEmptyLine() {
    int end = answer.position();
    return end >= 4
        && answer.get(end - 4) == '\r'
        && answer.get(end - 3) == '\n'
        && answer.get(end - 2) == '\r'
        && answer.get(end - 1) == '\n';
  }

  private String answered() {
    return "answered " + StandardCharsets.UTF_8.decode(answer.flip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
