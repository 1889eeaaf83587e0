package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One socket of the loop: reads for the protocol that the connection speaks at the moment, and
 * keeps the queue of what goes out.
 *
 * <p>The queue, and with it the order on the wire, is guarded by {@link #lock}. So are the socket's
 * interest operations: changing them from two threads at once loses one of the changes. No code of
 * a handler is ever called under the lock.
 */
final class Endpoint extends LoopSocket {

  /** Whoever has accepted the connection. */
  interface Owner {

    /** The time that counts for it. */
    Timers timers();

    /** It is closed. */
    void released();
  }

  final Object lock = new Object();

  private final SocketChannel channel;
  private final ByteLayer bytes;
  private final @Nullable Owner owner;
  private @Nullable InetSocketAddress peer; // set before the first call from another thread

  private @Nullable ConnectionProtocol protocol; // loop thread only
  private boolean flushAtTurnEnd; // loop thread only
  private @Nullable Throwable brokenBy; // loop thread only

  // guarded by lock
  private final OutgoingBytes queue = new OutgoingBytes();
  private boolean held;
  private int queuedBeforeHold;
  private boolean connecting;
  private boolean reading = true;
  private boolean inputEnded;
  private boolean writeBlocked;
  private boolean writeFailed;
  private boolean released;
  private @Nullable Runnable afterFlush;

  Endpoint(TransportLoop loop, SocketChannel channel, @Nullable Owner owner) {
    super(loop);
    this.channel = channel;
    this.bytes = new ByteLayer.Plain(channel);
    this.owner = owner;
  }

  void start(Selector selector, InetSocketAddress remote, ConnectionProtocol first)
      throws IOException {
    peer = remote;
    protocol = first;
    loop.sockets().add(this);
    register(selector, SelectionKey.OP_READ);
  }

  /** Begins to connect; the protocol hears of the success. */
  void connect(Selector selector, InetSocketAddress remote, ConnectionProtocol first)
      throws IOException {
    peer = remote;
    protocol = first;
    loop.sockets().add(this);
    boolean connected = channel.connect(remote);
    connecting = !connected;
    register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    if (connected) {
      first.onConnected();
    }
  }

  TransportLoop loop() {
    return loop;
  }

  /** The time that counts for this connection. */
  Timers timers() {
    return owner == null ? loop.timers() : owner.timers();
  }

  @Nullable SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) { // closed
      return null;
    }
  }

  SocketAddress remoteAddress() {
    return Objects.requireNonNull(peer, "not connected");
  }

  String peerName() {
    InetSocketAddress remote = peer;
    return remote == null
        ? "not connected"
        : remote.getAddress().getHostAddress() + ":" + remote.getPort();
  }

  // ---- loop thread only: what the selector reports ----

  @Override
  void onReady(int readyOps, ByteBuffer buffer) {
    if ((readyOps & SelectionKey.OP_CONNECT) != 0) {
      finishConnect();
      return;
    }
    if ((readyOps & SelectionKey.OP_WRITE) != 0) {
      synchronized (lock) {
        flush(true);
      }
    }
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      read(buffer);
    }
  }

  private void finishConnect() {
    try {
      channel.finishConnect();
    } catch (IOException e) {
      fail(e);
      return;
    }
    synchronized (lock) {
      connecting = false;
      updateInterest();
    }
    current().onConnected();
  }

  private void read(ByteBuffer buffer) {
    synchronized (lock) {
      if (!reading || inputEnded || released) {
        return; // changed since the selector looked
      }
    }
    buffer.clear();
    int count;
    try {
      count = bytes.read(buffer);
    } catch (IOException e) {
      fail(e);
      return;
    } catch (OutOfMemoryError e) { // nothing has been read yet: it is there for the next turn
      loop.report(e);
      return;
    }
    if (count > 0) {
      feed(buffer.flip());
    } else if (count < 0) {
      synchronized (lock) {
        inputEnded = true; // such a socket is readable for ever
        updateInterest();
      }
      current().onInputEnd();
    }
  }

  /** Hands input to the protocol, and what is left to the one that it switched to. */
  void feed(ByteBuffer in) {
    ConnectionProtocol before = current();
    before.onInput(in);
    for (ConnectionProtocol now = current(); now != before; now = current()) {
      before = now;
      if (in.hasRemaining()) {
        now.onInput(in);
      }
      if (inputEnded() && now == current()) {
        now.onInputEnd();
      }
    }
  }

  /** Returns whether the peer has neither said anything since the loop last read, nor gone. */
  boolean isQuiet() {
    try {
      return !inputEnded() && bytes.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** From now on the connection speaks another protocol. */
  void switchTo(ConnectionProtocol next) {
    protocol = next;
  }

  ConnectionProtocol current() {
    ConnectionProtocol now = protocol;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    return now;
  }

  private void fail(IOException failure) {
    release(false);
    brokenBy = failure;
    notifyBroken();
  }

  /** Ends this connection. The socket first: that needs no memory. */
  @Override
  void onFailure(Throwable failure) {
    release(true);
    brokenBy = failure;
    loop.report(failure);
    notifyBroken();
  }

  /** Tells the protocol that its connection is gone, later if there is no memory for that. */
  @Override
  void notifyBroken() {
    try {
      current()
          .onBroken(
              brokenBy instanceof IOException failure
                  ? failure
                  : new InternalErrorException(brokenBy));
    } catch (OutOfMemoryError e) {
      loop.report(e);
      loop.notifyBrokenLater(this);
    } catch (Throwable failure) { // whatever it is, it must not stop the loop
      loop.report(failure);
    }
  }

  @Override
  void sayLastWord() {
    try {
      current().onStop();
    } catch (OutOfMemoryError e) {
      loop.report(e);
      loop.notifyBrokenLater(this);
    } catch (Throwable failure) { // whatever it is, the other sockets are to be closed
      loop.report(failure);
    }
  }

  @Override
  SelectableChannel channel() {
    return channel;
  }

  @Override
  void release(boolean reset) {
    synchronized (lock) {
      if (released) {
        return;
      }
      released = true;
      discardQueue();
      afterFlush = null;
    }
    try {
      if (reset) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // not connected (any more): nothing to reset
    } catch (Throwable failure) {
      loop.report(failure);
    }
    closeChannel();
    loop.sockets().remove(this);
    if (owner != null) {
      owner.released();
    }
  }

  @Override
  void flushTurn() {
    flushAtTurnEnd = false;
    synchronized (lock) {
      flush(false);
    }
  }

  // ---- any thread ----

  boolean released() {
    synchronized (lock) {
      return released;
    }
  }

  /** Returns whether the peer sends nothing more. */
  boolean inputEnded() {
    synchronized (lock) {
      return inputEnded;
    }
  }

  long queuedBytes() {
    synchronized (lock) {
      return queue.bytes();
    }
  }

  boolean holdsMoreThan(long buffers, long bytes) {
    synchronized (lock) {
      return queue.buffers() > buffers || queue.bytes() > bytes;
    }
  }

  /** Puts bytes behind all that is queued. They go out with the next {@link #push()}. */
  void enqueue(ByteBuffer out) {
    synchronized (lock) {
      if (!released && !writeFailed) {
        queue.add(out);
      }
    }
  }

  /** Sees that the queue is written: at the end of the turn, or at once on a foreign thread. */
  void push() {
    if (!loop.inLoop()) {
      synchronized (lock) {
        flush(false);
      }
    } else if (!flushAtTurnEnd) {
      flushAtTurnEnd = true;
      loop.flushAtTurnEnd(this);
    }
  }

  /** Writes now, whatever the thread and even if the socket was full a moment ago. */
  void pushNow() {
    synchronized (lock) {
      flush(true);
    }
  }

  /** Queues without writing, until {@link #letGo()} or {@link #withdraw()}. */
  void hold() {
    synchronized (lock) {
      held = true;
      queuedBeforeHold = queue.buffers();
    }
  }

  /** Ends {@link #hold()} and takes back what was queued since. */
  void withdraw() {
    synchronized (lock) {
      held = false;
      queue.shrinkTo(queuedBeforeHold);
    }
  }

  boolean isHeld() {
    synchronized (lock) {
      return held;
    }
  }

  /** Ends {@link #hold()}; the queue goes out with the next push. */
  void letGo() {
    synchronized (lock) {
      held = false;
    }
  }

  /** Forgets what is queued, apart from a frame of which the peer has a part already. */
  void dropUnbegun() {
    synchronized (lock) {
      queue.dropUnbegun();
    }
  }

  void discardQueue() {
    synchronized (lock) {
      queue.clear();
      writeBlocked = false;
      updateInterest();
    }
  }

  /**
   * Has a task run on the loop as soon as the queue is empty; it replaces an earlier one. It never
   * runs if the connection breaks first.
   */
  void afterFlush(Runnable task) {
    synchronized (lock) {
      if (released) {
        return;
      }
      afterFlush = task;
      if (queue.isEmpty() && !held) {
        runAfterFlush();
      }
    }
  }

  /** Reads from the socket, or leaves its input where it is. */
  void setReading(boolean on) {
    synchronized (lock) {
      if (reading != on) {
        reading = on;
        updateInterest();
      }
    }
  }

  /** Tells the peer that nothing more will come. Only with an empty queue. */
  void shutdownOutput() {
    try {
      bytes.shutdownOutput();
    } catch (IOException e) {
      // the peer is gone; reading will tell
    }
  }

  // ---- with the lock held ----

  private void flush(boolean evenIfBlocked) {
    if (held || connecting || released || (writeBlocked && !evenIfBlocked)) {
      return;
    }
    boolean blocked;
    try {
      blocked = !queue.writeTo(bytes);
    } catch (IOException e) {
      writeFailed = true;
      queue.clear();
      blocked = false;
      loop.execute(() -> current().onWriteFailure(e));
    } catch (OutOfMemoryError e) { // nothing more has been written: the selector comes back to it
      loop.postponeReport(e);
      blocked = true;
    }
    if (blocked != writeBlocked) {
      writeBlocked = blocked;
      updateInterest();
    }
    if (queue.isEmpty()) {
      runAfterFlush();
    }
  }

  private void runAfterFlush() {
    Runnable task = afterFlush;
    if (task != null) {
      afterFlush = null;
      loop.execute(task);
    }
  }

  private void updateInterest() {
    SelectionKey selected = key();
    if (released || connecting || selected == null) {
      return;
    }
    int ops =
        (reading && !inputEnded ? SelectionKey.OP_READ : 0)
            | (writeBlocked ? SelectionKey.OP_WRITE : 0);
    if (selected.isValid() && selected.interestOps() != ops) {
      selected.interestOps(ops);
      if (!loop.inLoop()) {
        loop.wakeUp();
      }
    }
  }
}
