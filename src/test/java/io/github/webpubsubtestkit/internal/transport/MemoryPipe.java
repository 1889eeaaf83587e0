package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** One end of a connection in memory, whose reads and writes can be made as small as wanted. */
final class MemoryPipe implements ByteLayer {

  private final Deque<Byte> received = new ArrayDeque<>();
  private MemoryPipe peer = this;
  private boolean peerEnded;
  int maxRead = Integer.MAX_VALUE;
  int maxWrite = Integer.MAX_VALUE;
  boolean outputShut;
  long taken;

  static MemoryPipe[] pair() {
    MemoryPipe[] ends = {new MemoryPipe(), new MemoryPipe()};
    ends[0].peer = ends[1];
    ends[1].peer = ends[0];
    return ends;
  }

  /** Passes bytes to the reader of this end, as if its peer had written them. */
  void receive(byte... bytes) {
    for (byte each : bytes) {
      received.add(each);
    }
  }

  /** Ends TCP, as seen by the peer. */
  void end() {
    peer.peerEnded = true;
  }

  /** What waits to be read at this end. */
  int waiting() {
    return received.size();
  }

  @Override
  public int read(ByteBuffer target) {
    if (received.isEmpty()) {
      return peerEnded ? -1 : 0;
    }
    int count = 0;
    while (count < maxRead && target.hasRemaining() && !received.isEmpty()) {
      target.put(received.remove());
      count++;
    }
    return count;
  }

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    if (outputShut) {
      throw new IOException("the output is shut");
    }
    int left = maxWrite;
    for (int i = 0; i < count; i++) {
      while (sources[i].hasRemaining() && left > 0) {
        peer.received.add(sources[i].get());
        left--;
        taken++;
      }
    }
    return (long) maxWrite - left;
  }

  @Override
  public void shutdownOutput() {
    outputShut = true;
    end();
  }

  @Override
  public boolean isQuiet() {
    return received.isEmpty() && !peerEnded;
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public int interest(int ops) {
    return ops;
  }

  @Override
  public void end(boolean silently) {}
}
