package io.github.webpubsubtestkit.benchmark.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Sends one and the same request again and again over one connection. */
public final class KeptAliveCaller implements AutoCloseable {

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final byte[] start;
  private final byte[] end;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(4096);

  /** Connects, to be answered with 202 and no body; the request is complete, head and body. */
  public KeptAliveCaller(int port, String request) throws IOException {
    this(port, request, 202, "");
  }

  /** Connects, to be answered with this status and body. */
  public KeptAliveCaller(int port, String request, int status, String body) throws IOException {
    start = ("HTTP/1.1 " + status + " ").getBytes(StandardCharsets.US_ASCII);
    end = ("\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    this.request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** One call; fails if the answer has another status. */
  public void call() throws IOException {
    channel.write(request.duplicate());
    answer.clear();
    while (!holds(end, answer.position() - end.length)) {
      if (channel.read(answer) < 0) {
        throw new EOFException(answered());
      }
    }
    if (!holds(start, 0)) {
      throw new IOException(answered());
    }
  }

  private boolean holds(byte[] expected, int from) {
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (answer.get(from + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private String answered() {
    return "answered " + StandardCharsets.UTF_8.decode(answer.flip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
