package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One socket of the loop: reads for the current protocol of the connection, and keeps its output
 * queue.
 *
 * <p>The queue, and with it the order on the wire, is guarded by {@link #lock}. So are the socket's
 * interest operations: changing them from two threads at once loses one of the changes. No code of
 * a handler is ever called under the lock.
 */
class Endpoint extends FaultySocket {

  /** The owner of an accepted connection. */
  interface Owner {

    /** The timers of the connection. */
    Timers timers();

    /** Called when the connection is closed. */
    void released();

    /** Called when the peer does not speak the protocol of this port, or does not go on with it. */
    void onUnreadable(String peer, String reason);
  }

  private final ByteLayer bytes;
  private final @Nullable Owner owner;

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
  private boolean released;
  private @Nullable Runnable afterFlush;

  /**
   * A socket that is not served yet.
   *
   * @param owner of an accepted connection; null for one of ours
   */
  static Endpoint plain(TransportLoop loop, SocketChannel channel, @Nullable Owner owner) {
    PlainSocket socket = new PlainSocket(channel);
    return new Endpoint(loop, socket, socket, new Object(), owner);
  }

  Endpoint(
      TransportLoop loop, PlainSocket socket, ByteLayer bytes, Object lock, @Nullable Owner owner) {
    super(loop, socket, bytes, lock);
    this.bytes = bytes;
    this.owner = owner;
  }

  void start(Selector selector, InetSocketAddress remote, ConnectionProtocol first)
      throws IOException {
    socket.isConnectedTo(remote);
    protocol = first;
    loop.sockets().add(this);
    register(selector, SelectionKey.OP_READ);
  }

  /** Starts connecting; the protocol is notified of success. */
  void connect(Selector selector, InetSocketAddress remote, ConnectionProtocol first)
      throws IOException {
    socket.isConnectedTo(remote);
    protocol = first;
    loop.sockets().add(this);
    boolean connected = socket.channel().connect(remote);
    connecting = !connected;
    register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    if (connected) {
      first.onConnected();
    }
  }

  @Override
  Timers timers() {
    return owner == null ? loop.timers() : owner.timers();
  }

  /** The socket, with its addresses. */
  PlainSocket socket() {
    return socket;
  }

  // ---- loop thread only: what the selector reports ----

  @Override
  void onReady(int readyOps, ByteBuffer buffer) {
    if ((readyOps & SelectionKey.OP_CONNECT) != 0) {
      finishConnect();
      return;
    }
    if ((readyOps & SelectionKey.OP_WRITE) != 0) {
      pushNow();
    }
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      read(buffer);
    }
  }

  private void finishConnect() {
    try {
      socket.channel().finishConnect();
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

  /** Reads once, and passes it to the protocol. */
  void read(ByteBuffer buffer) {
    if (!mayRead()) {
      return; // changed since the selector looked
    }
    buffer.clear();
    int count;
    try {
      count = bytes.read(buffer);
    } catch (IOException e) {
      if (!endsUnheard()) {
        fail(e);
      }
      return;
    } catch (OutOfMemoryError e) { // nothing has been read yet: it is there for the next turn
      loop.report(e);
      return;
    }
    if (count > 0 && !isSilent()) {
      feed(buffer.flip());
    } else if (count < 0 && !endsUnheard()) {
      synchronized (lock) {
        inputEnded = true; // such a socket is readable for ever
        updateInterest();
      }
      current().onInputEnd();
    }
  }

  /** Returns whether the protocol wants input, and there may be some. */
  final boolean mayRead() {
    synchronized (lock) {
      return reads(reading && !inputEnded && !released);
    }
  }

  /** Passes input to the protocol, and the rest to the one it switched to. */
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

  /** Returns whether the peer has neither sent anything since the loop last read, nor ended. */
  boolean isQuiet() {
    try {
      return !inputEnded() && bytes.isQuiet();
    } catch (IOException e) {
      return false;
    }
  }

  /** Switches the connection to another protocol. */
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

  @Override
  void fail(IOException failure) {
    release(false);
    brokenBy = failure;
    notifyBroken();
  }

  /** Tells the owner that the peer does not speak the protocol of the port. */
  void tellOwner(@Nullable String reason) {
    if (owner != null) {
      owner.onUnreadable(socket.peer(), String.valueOf(reason));
    }
  }

  /** Ends this connection. The socket first: that needs no memory. */
  @Override
  void onFailure(Throwable failure) {
    release(true);
    brokenBy = failure;
    loop.report(failure);
    notifyBroken();
  }

  /** Notifies the protocol of the broken connection, later if there is no memory for that. */
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
    } catch (Throwable failure) { // no failure may stop the loop
      loop.report(failure);
    }
  }

  @Override
  void answerUnderWay(HttpResponse response) {
    current().answerUnderWay(response);
  }

  @Override
  void sayLastWord() {
    breakSilence();
    try {
      current().onStop();
    } catch (OutOfMemoryError e) {
      loop.report(e);
      loop.notifyBrokenLater(this);
    } catch (Throwable failure) { // the other sockets must be closed in any case
      loop.report(failure);
    }
  }

  @Override
  SelectableChannel channel() {
    return socket.channel();
  }

  @Override
  void release(boolean reset) {
    boolean resets;
    boolean silently;
    synchronized (lock) {
      if (released && !isParked()) {
        return;
      }
      released = true;
      discardQueue();
      afterFlush = null;
      if (parks()) {
        return;
      }
      resets = reset || wasSilent();
      silently = resets || isCutOff();
    }
    try {
      if (resets) {
        socket.resetAtClose();
      }
      bytes.end(silently);
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

  @Override
  boolean released() {
    synchronized (lock) {
      return released;
    }
  }

  /** Returns whether the peer has ended its output. */
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

  /** Adds bytes to the queue. They are sent with the next {@link #push()}. */
  @Override
  void enqueue(ByteBuffer out) {
    synchronized (lock) {
      if (!released && !refusesOutput) {
        queue.add(out);
      }
    }
  }

  /** Requests writing of the queue: at the end of the turn, or immediately on a foreign thread. */
  @Override
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

  /** Writes now, on any thread and even if the socket was full before. */
  void pushNow() {
    synchronized (lock) {
      flush(true);
    }
  }

  /** Queues without writing, until {@link #letGo()} or {@link #withdraw()}. */
  @Override
  void hold() {
    synchronized (lock) {
      held = true;
      queuedBeforeHold = queue.buffers();
    }
  }

  /** Ends {@link #hold()} and removes everything queued since. */
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

  /** Ends {@link #hold()}; the queue is sent with the next push. */
  void letGo() {
    synchronized (lock) {
      held = false;
    }
  }

  /** Clears the queue, except for a frame that is partly sent. */
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
   * Runs a task on the loop as soon as the queue is empty, replacing an earlier one. It never runs
   * if the connection breaks first.
   */
  @Override
  void afterFlush(Runnable task) {
    synchronized (lock) {
      if (released) {
        return;
      }
      afterFlush = task;
      if (!hasUnwritten()) {
        runAfterFlush();
      }
    }
  }

  /** Resumes or pauses reading from the socket. */
  void setReading(boolean on) {
    synchronized (lock) {
      if (reading != on) {
        reading = on;
        updateInterest();
      }
    }
  }

  /** Shuts down the output. Only with an empty queue. */
  void shutdownOutput() {
    try {
      bytes.shutdownOutput();
    } catch (IOException e) {
      // the peer has ended; reading will report that
    }
  }

  // ---- with the lock held ----

  @Override
  void flush(boolean evenIfBlocked) {
    if (held || isSilent() || connecting || released || (writeBlocked && !evenIfBlocked)) {
      return;
    }
    boolean blocked;
    try {
      blocked = !queue.writeTo(output());
    } catch (IOException e) {
      refusesOutput = true;
      queue.clear();
      blocked = false;
      loop.execute(() -> current().onWriteFailure(e));
    } catch (OutOfMemoryError e) { // nothing more has been written: the selector comes back to it
      loop.postponeReport(e);
      blocked = true;
    }
    blocked = blocked && !waitsForTime(queue.isEmpty());
    if (blocked != writeBlocked) {
      writeBlocked = blocked;
      updateInterest();
    }
    if (queue.isEmpty() && !blocked) {
      runAfterFlush();
    }
  }

  @Override
  boolean hasUnwritten() {
    return !queue.isEmpty() || writeBlocked || held;
  }

  private void runAfterFlush() {
    Runnable task = afterFlush;
    if (task != null) {
      afterFlush = null;
      loop.execute(task);
    }
  }

  @Override
  final void updateInterest() {
    if ((!released || isParked()) && !connecting) {
      int ops =
          bytes.interest(
              (reads(reading && !inputEnded) ? SelectionKey.OP_READ : 0)
                  | (writeBlocked ? SelectionKey.OP_WRITE : 0));
      awaitOps(isSilent() ? ops & SelectionKey.OP_READ : ops); // a silent one would always be ready
    }
  }
}
