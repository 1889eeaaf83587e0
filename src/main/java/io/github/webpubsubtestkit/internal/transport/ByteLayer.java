package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Input and output of one socket, for the protocols above. {@link TlsLayer} converts plain bytes to
 * records and back, and nothing above differs.
 */
interface ByteLayer {

  /** Reads available bytes, without waiting; returns -1 at the end of the input. */
  int read(ByteBuffer target) throws IOException;

  /** Returns whether the peer has neither sent anything since the last read, nor ended. */
  boolean isQuiet() throws IOException;

  /** Writes as much of the buffers as is accepted now, without waiting. */
  long write(ByteBuffer[] sources, int count) throws IOException;

  /** Writes what was accepted but not yet written; returns whether nothing of it is left. */
  boolean flush() throws IOException;

  /**
   * What to wait for at the socket.
   *
   * @param ops the operations that the protocol above waits for
   */
  int interest(int ops);

  /** Shuts down the output. */
  void shutdownOutput() throws IOException;

  /**
   * Ends the layer, before the socket is closed.
   *
   * @param silently false to send what the peer has to know, as far as possible
   */
  void end(boolean silently);
}
