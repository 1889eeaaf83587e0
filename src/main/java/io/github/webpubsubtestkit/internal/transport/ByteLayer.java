package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Bytes in and out of one socket, as the protocols above see them. This is the place of TLS: a
 * second implementation would turn plain bytes into records here, and nothing above would change.
 */
interface ByteLayer {

  /** Reads what is there, without waiting; -1 at the end of the input. */
  int read(ByteBuffer target) throws IOException;

  /** Writes what the socket takes of the buffers, in one call, without waiting. */
  long write(ByteBuffer[] sources, int count) throws IOException;

  /** Tells the peer that nothing more will come. */
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
