package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.LookOut;
import io.github.webpubsubtestkit.internal.time.LoopThread;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One selector thread that serves one listening port and any number of client sockets.
 *
 * <p>A turn of the loop: wait for sockets, tasks or timers; read at most one buffer from each ready
 * socket; run the tasks; run the due timers; write for each connection, in one call, what all that
 * has queued.
 */
public final class TransportLoop implements LoopThread, AutoCloseable {

  /** Long, because a loaded machine may not run the thread for seconds; usually it takes none. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** How much is read from one socket before the others have their turn. */
  private static final int INPUT_BYTES = 16 * 1024;

  /** Tasks of tasks of tasks that still run while the loop ends. */
  private static final int LAST_ROUNDS = 100;

  private final LoopTimers timers;
  private final Selector selector;
  private final Thread thread;

  private final Object taskLock = new Object();
  private List<Runnable> tasks = new ArrayList<>(); // guarded by taskLock
  private boolean refusingTasks; // guarded by taskLock
  private volatile boolean stopping;

  // loop thread only
  private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES);
  private List<Runnable> runningTasks = new ArrayList<>();
  private final List<Endpoint> unflushed = new ArrayList<>();
  private boolean socketsClosed;
  private boolean moreMayFollow;
  private final AtomicLong turns = new AtomicLong(); // written on the loop only

  private TransportLoop(String threadName, LoopTimers timers, Selector selector) {
    this.timers = timers;
    this.selector = selector;
    this.thread = new Thread(this::run, threadName);
    this.thread.setDaemon(true);
  }

  /** Starts the loop's daemon thread. The loop drives the timers. */
  public static TransportLoop start(String threadName, LoopTimers timers) {
    Selector selector;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector can be opened", e);
    }
    TransportLoop loop = new TransportLoop(threadName, timers, selector);
    timers.onEarlierTask(
        () -> {
          if (!loop.inLoop()) { // the loop looks at its timers before it waits
            loop.wakeUp();
          }
        });
    loop.thread.start();
    return loop;
  }

  /** The real-time timers that this loop drives. */
  public Timers timers() {
    return timers;
  }

  /** Listens with the loop's own, real time for all limits of time. */
  public InetSocketAddress listen(
      InetSocketAddress address, TransportLimits limits, HttpHandler handler) throws IOException {
    return listen(address, limits, timers, handler);
  }

  /**
   * Binds in the calling thread and starts to accept.
   *
   * @param time whose time it is by which peers are too slow and answers are dated
   * @return the bound address, with the real port where 0 was asked for
   * @throws IOException if the address cannot be bound; a {@link java.net.BindException} that names
   *     the address if it is taken
   */
  public InetSocketAddress listen(
      InetSocketAddress address, TransportLimits limits, Timers time, HttpHandler handler)
      throws IOException {
    FrameWriter.initialize(); // here, because the loop may have other things to load
    Acceptor acceptor = Acceptor.bind(this, address, limits, time, handler);
    InetSocketAddress bound = acceptor.address();
    boolean accepted =
        execute(
            () -> {
              try {
                if (socketsClosed) {
                  acceptor.close();
                } else {
                  acceptor.start(selector);
                }
              } catch (IOException e) {
                acceptor.close();
                report(e);
              }
            });
    if (!accepted) {
      acceptor.close();
      throw new IOException("the loop was stopped");
    }
    return bound;
  }

  /** Begins to open a WebSocket; returns at once. */
  public void connect(
      ClientHandshake handshake, TransportLimits limits, ClientHandshakeHandler handler) {
    ClientHandshakeProtocol opening = new ClientHandshakeProtocol(this, handshake, limits, handler);
    IOException failure = null;
    try {
      opening.prepare();
    } catch (IOException e) {
      failure = e;
    }
    IOException early = failure;
    boolean accepted =
        execute(
            () -> {
              if (early != null) {
                opening.fail(early);
              } else {
                opening.start();
              }
            });
    if (!accepted) {
      opening.fail(early != null ? early : new IOException("the loop was stopped"));
    }
  }

  @Override
  public boolean execute(Runnable task) {
    boolean inLoop = inLoop();
    synchronized (taskLock) {
      if (refusingTasks || (stopping && !inLoop)) {
        return false;
      }
      tasks.add(task);
    }
    if (!inLoop) {
      wakeUp();
    }
    return true;
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /**
   * Stops: no new connections, close frames with 1001 to all open WebSockets of the listening port,
   * all sockets closed, thread ended. Idempotent, bounded (5 s), from any thread; throws {@link
   * IllegalStateException} naming what did not end.
   */
  @Override
  public void close() {
    synchronized (taskLock) {
      stopping = true;
    }
    if (inLoop()) {
      closeSockets(); // the thread itself ends when this turn is over
      return;
    }
    wakeUp();
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    boolean interrupted = false;
    while (thread.isAlive() && deadline - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true; // bounded as it is, the stop goes on
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      StackTraceElement[] stack = thread.getStackTrace();
      throw new IllegalStateException(
          "the thread "
              + thread.getName()
              + " did not end within "
              + STOP_LIMIT.toMillis()
              + " ms; it is at "
              + (stack.length == 0 ? "its end" : stack[0]));
    }
  }

  /** How often the loop has looked at all its sockets. */
  public long turns() {
    return turns.get();
  }

  // ---- for the rest of this package ----

  /** Ends the wait of the selector. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Loop thread only: where new sockets register; null if the sockets have been closed. */
  @Nullable Selector openSelector() {
    return socketsClosed ? null : selector;
  }

  /** Loop thread only: has the endpoint written when all work of this turn is done. */
  void flushAtTurnEnd(Endpoint endpoint) {
    unflushed.add(endpoint);
  }

  /** Loop thread only: how many sockets are open, without the listening ones. */
  int openEndpoints() {
    int open = 0;
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof Endpoint) {
        open++;
      }
    }
    return open;
  }

  /** An exception that no connection and no caller can be told. */
  void report(Throwable failure) {
    Thread current = Thread.currentThread();
    current.getUncaughtExceptionHandler().uncaughtException(current, failure);
  }

  // ---- the loop ----

  private void run() {
    try {
      while (!stopping) {
        try {
          turn();
        } catch (Throwable failure) { // whatever it is, the other connections go on
          report(failure);
        }
      }
    } finally {
      closeSockets();
      runLastTasks();
      timers.onEarlierTask(() -> {});
    }
  }

  private void turn() throws IOException {
    turns.lazySet(turns.get() + 1);
    Thread.interrupted(); // an interrupted thread would not wait any more
    int ready = select();
    try {
      serveSockets();
      boolean ran = runTasks();
      moreMayFollow = ran || ready > 0; // what a frame has caused comes back in a moment
      if (!stopping) {
        timers.runDue();
      }
    } finally {
      flush(); // what others have queued must not wait for the next event
    }
  }

  /** Returns how many sockets are ready. */
  private int select() throws IOException {
    long nanos = hasTasks() ? 0 : timers.nanosUntilNext();
    if (nanos == 0) {
      return selector.selectNow();
    }
    if (moreMayFollow) {
      return lookOut(); // it may have taken a wake-up, so the next turn has to look at all again
    }
    return nanos == Long.MAX_VALUE ? selector.select() : selector.select(nanos / 1_000_000 + 1);
  }

  private int lookOut() throws IOException {
    LookOut lookOut = LookOut.begin(LookOut.USUAL);
    int ready = selector.selectNow();
    while (ready == 0 && !hasTasks() && lookOut.goesOn()) {
      ready = selector.selectNow();
    }
    return ready;
  }

  private boolean hasTasks() {
    synchronized (taskLock) {
      return !tasks.isEmpty();
    }
  }

  private void serveSockets() {
    if (socketsClosed) {
      return;
    }
    Iterator<SelectionKey> selected = selector.selectedKeys().iterator();
    while (selected.hasNext()) {
      SelectionKey key = selected.next();
      selected.remove();
      if (key.isValid()) {
        serve(key);
      }
      if (socketsClosed) {
        return; // a handler has stopped this loop
      }
    }
  }

  private void serve(SelectionKey key) {
    Object owner = key.attachment();
    if (owner instanceof Acceptor acceptor) {
      acceptor.accept(selector);
    } else if (owner instanceof Endpoint endpoint) {
      try {
        endpoint.onReady(key.readyOps(), input);
      } catch (Throwable failure) { // whatever it is, it must end this connection only
        report(failure);
        endpoint.release(true);
        endpoint.current().onBroken(new IOException("an internal error", failure));
      }
    }
  }

  private boolean runTasks() {
    synchronized (taskLock) {
      List<Runnable> empty = runningTasks;
      runningTasks = tasks;
      tasks = empty;
    }
    for (Runnable task : runningTasks) {
      try {
        task.run();
      } catch (Throwable failure) { // whatever it is, the other tasks are to run
        report(failure);
      }
    }
    boolean any = !runningTasks.isEmpty();
    runningTasks.clear();
    return any;
  }

  /**
   * The latest first: an answer is queued behind all that its request has caused, and somebody
   * waits for it.
   */
  private void flush() {
    for (int last = unflushed.size() - 1; last >= 0; last = unflushed.size() - 1) {
      unflushed.remove(last).flushTurn();
    }
  }

  // ---- the end ----

  private void closeSockets() {
    if (socketsClosed) {
      return;
    }
    socketsClosed = true;
    List<Endpoint> open = new ArrayList<>();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Acceptor acceptor) {
        acceptor.close();
      } else if (key.attachment() instanceof Endpoint endpoint) {
        open.add(endpoint);
      }
    }
    for (Endpoint endpoint : open) {
      try {
        endpoint.current().onStop(); // last words of all, before any socket is closed
      } catch (Throwable failure) { // whatever it is, the other sockets are to be closed
        report(failure);
      }
    }
    for (Endpoint endpoint : open) {
      endpoint.release(false);
    }
    try {
      selector.close(); // only this really closes channels that were registered
    } catch (IOException e) {
      report(e);
    }
  }

  private void runLastTasks() {
    for (int i = 0; i < LAST_ROUNDS && runTasks(); i++) {
      unflushed.clear(); // their sockets are closed
    }
    synchronized (taskLock) {
      refusingTasks = true;
      tasks.clear();
    }
  }
}
