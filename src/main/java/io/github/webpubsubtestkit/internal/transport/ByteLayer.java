package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Input and output of one socket, for the protocols above. TLS belongs here: a second
 * implementation would convert plain bytes to records, and nothing above would change.
 */
interface ByteLayer {

  /** Reads available bytes, without waiting; returns -1 at the end of the input. */
  int read(ByteBuffer target) throws IOException;

  /** Writes as much of the buffers as the socket accepts, in one call, without waiting. */
  long write(ByteBuffer[] sources, int count) throws IOException;

  /** Shuts down the output. */
  void shutdownOutput() throws IOException;

  /** The socket's own bytes. */
  record Plain(SocketChannel channel) implements ByteLayer {

    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public long write(ByteBuffer[] sources, int count) throws IOException {
      return count == 1 ? channel.write(sources[0]) : channel.write(sources, 0, count);
    }

    @Override
    public void shutdownOutput() throws IOException {
      channel.shutdownOutput();
    }
  }
}
