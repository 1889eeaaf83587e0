package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The output queue of one socket. Guarded by the lock of its {@link Endpoint}. Writing is the main
 * cost of a message, so as many buffers as sensible are sent in one gathering write.
 */
final class OutgoingBytes {

  /** The maximum number of buffers in one write; more gain nothing, but cost temporary memory. */
  private static final int BATCH_BUFFERS = 256;

  private static final int BATCH_BYTES = 256 * 1024;

  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(2);
  private long bytes;

  void add(ByteBuffer out) {
    queue.add(out);
    bytes += out.remaining();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int buffers() {
    return queue.size();
  }

  long bytes() {
    return bytes;
  }

  void clear() {
    queue.clear();
    bytes = 0;
  }

  /** Removes all buffers except one that is partly written. */
  void dropUnbegun() {
    ByteBuffer begun = queue.peekFirst();
    boolean keep = begun != null && begun.position() > 0;
    shrinkTo(keep ? 1 : 0);
  }

  /** Removes the newest buffers. Only while none of them can have been written. */
  void shrinkTo(int buffers) {
    while (queue.size() > buffers) {
      bytes -= queue.removeLast().remaining();
    }
  }

  /** Writes until the queue is empty or the socket is full; returns whether all is written. */
  boolean writeTo(ByteLayer socket) throws IOException {
    boolean full = false;
    while (!queue.isEmpty() && !full) {
      full = !writeBatch(socket);
    }
    return queue.isEmpty() && socket.flush();
  }

  /** Writes in one system call; returns whether the socket accepted everything. */
  private boolean writeBatch(ByteLayer socket) throws IOException {
    ByteBuffer[] batch = new ByteBuffer[Math.min(queue.size(), BATCH_BUFFERS)];
    int count = 0;
    long offered = 0;
    for (ByteBuffer each : queue) {
      if (count == batch.length || offered >= BATCH_BYTES) {
        break;
      }
      batch[count++] = each;
      offered += each.remaining();
    }
    // a buffer of many megabytes would be copied wholly for each piece that the socket takes of it
    ByteBuffer last = batch[count - 1];
    int cut = (int) Math.max(0, offered - BATCH_BYTES);
    last.limit(last.limit() - cut);
    long written;
    try {
      written = socket.write(batch, count);
    } finally {
      last.limit(last.limit() + cut);
    }
    bytes -= written;
    while (!queue.isEmpty() && !queue.peekFirst().hasRemaining()) {
      queue.removeFirst();
    }
    return written == offered - cut;
  }
}
