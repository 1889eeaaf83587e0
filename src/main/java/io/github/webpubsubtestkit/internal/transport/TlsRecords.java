package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one TLS connection that are under way: at most one buffer of {@link
 * TlsResources#BUFFER_BYTES} for each direction, and none if there are no records. Guarded by the
 * lock of its {@link TlsLayer}.
 */
final class TlsRecords {

  /** Larger parts of a record stay in a buffer of their own until the rest comes. */
  private static final int SMALL_PART = 2 * 1024;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final ByteLayer socket;
  private final TlsResources resources;
  private final ByteBuffer[] single = new ByteBuffer[1];

  private @Nullable ByteBuffer in; // ready to be read
  private @Nullable ByteBuffer out; // ready to be filled
  private boolean shutWhenWritten;

  TlsRecords(ByteLayer socket, TlsResources resources) {
    this.socket = socket;
    this.resources = resources;
  }

  /** The unread records; the last one may be incomplete. */
  ByteBuffer unread() {
    ByteBuffer records = in;
    return records == null ? NONE : records;
  }

  /** Appends what the socket has to the unread records; returns -1 at its end. */
  int readSocket() throws IOException {
    ByteBuffer records = in;
    if (records == null) {
      records = resources.take().flip();
    } else if (records.capacity() < TlsResources.BUFFER_BYTES) {
      records = resources.take().put(records).flip();
    }
    in = records;
    records.compact();
    try {
      if (!records.hasRemaining()) {
        throw new SSLException("a record is larger than TLS allows");
      }
      return socket.read(records);
    } finally {
      records.flip();
    }
  }

  /** Gives the buffer of the unread records back, unless many remain. */
  void trim() {
    ByteBuffer records = in;
    if (records == null || records.remaining() > SMALL_PART) {
      return;
    }
    if (!records.hasRemaining()) {
      in = null;
      resources.giveBack(records);
    } else if (records.capacity() == TlsResources.BUFFER_BYTES) {
      in = ByteBuffer.allocate(records.remaining()).put(records).flip();
      resources.giveBack(records);
    }
  }

  /** The buffer for further records. */
  ByteBuffer outgoing() {
    ByteBuffer records = out;
    if (records == null) {
      records = resources.take();
      out = records;
    }
    return records;
  }

  /** Returns whether so many bytes fit into it, after writing if need be. */
  boolean hasRoomFor(int bytes) throws IOException {
    return outgoing().remaining() >= bytes || (write() && outgoing().remaining() >= bytes);
  }

  /** Returns whether nothing waits to be written. */
  boolean areWritten() {
    return out == null;
  }

  /** Writes records; returns whether none is left. */
  boolean write() throws IOException {
    ByteBuffer records = out;
    if (records == null) {
      return true;
    }
    records.flip();
    try {
      if (records.hasRemaining()) {
        writeDirectly(records);
      }
    } finally {
      records.compact();
    }
    if (records.position() > 0) {
      return false;
    }
    out = null;
    resources.giveBack(records);
    if (shutWhenWritten) {
      shutWhenWritten = false;
      socket.shutdownOutput();
    }
    return true;
  }

  /** Writes bytes that are no records. */
  void writeDirectly(ByteBuffer bytes) throws IOException {
    single[0] = bytes;
    socket.write(single, 1);
  }

  /** Shuts down the output of the socket, after the records that wait for it. */
  void shutdownOutput() throws IOException {
    if (out == null) {
      socket.shutdownOutput();
    } else {
      shutWhenWritten = true;
    }
  }

  /** Gives both buffers back. */
  void release() {
    if (out != null) {
      resources.giveBack(out);
      out = null;
    }
    if (in != null) {
      resources.giveBack(in);
      in = null;
    }
  }
}
