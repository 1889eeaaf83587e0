package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.LoopThread;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.SpinWait;
import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One selector thread that serves one listening port and any number of client sockets.
 *
 * <p>A turn of the loop: wait for sockets, tasks or timers; read at most one buffer from each ready
 * socket; run the tasks; run the due timers; write the queued output of each connection in one
 * call.
 */
public final class TransportLoop implements LoopThread, AutoCloseable {

  /** The timeout of a stop; long, because a loaded machine may suspend the thread for seconds. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** The maximum number of bytes read from one socket per turn. */
  private static final int INPUT_BYTES = 65 * 1024; // four of TLS's largest records, and a bit

  /** The maximum number of rounds of tasks at the end of the loop, including waits for memory. */
  private static final int LAST_ROUNDS = 100;

  /** The number of consecutive failures after which a selector is considered unusable. */
  private static final int MAX_FAILED_SELECTS = 10;

  private final LoopTimers timers;
  private final Selector selector;
  private final Thread thread;

  private final FailureReports reports = new FailureReports();
  private final LoopTasks tasks = new LoopTasks(reports);
  private volatile boolean stopping;
  private volatile @Nullable Throwable endedBy;
  private volatile @Nullable Runnable failureListener;
  private volatile @Nullable Supplier<SSLContext> trust;

  // loop thread only
  private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES);
  private final List<LoopSocket> unflushed = new ArrayList<>();
  private final OpenSockets sockets = new OpenSockets();
  private int failedSelects;
  private boolean socketsClosed;
  private boolean moreMayFollow;
  private volatile @Nullable TlsResources tls; // created with the first TLS connection
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

  /** The real-time timers driven by this loop. */
  public Timers timers() {
    return timers;
  }

  @Override
  public boolean execute(Runnable task) {
    boolean inLoop = inLoop();
    boolean accepted = tasks.add(task, inLoop);
    if (accepted && !inLoop) {
      wakeUp();
    }
    return accepted;
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /**
   * Stops: no new connections, close frames with 1001 to all open WebSockets of the listening port,
   * all sockets closed, thread ended. Idempotent, bounded (5 s), from any thread; throws {@link
   * IllegalStateException} naming the parts that did not end, or the reason for an earlier end of
   * the thread.
   */
  @Override
  public void close() {
    close(STOP_LIMIT);
  }

  /** Does the same as {@link #close()}, within another real time. */
  public void close(Duration limit) {
    tasks.refuseOthers();
    stopping = true;
    if (inLoop()) {
      closeSockets(); // the thread itself ends when this turn is over
      return;
    }
    wakeUp();
    long deadline = System.nanoTime() + limit.toNanos();
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
              + limit.toMillis()
              + " ms; it is at "
              + (stack.length == 0 ? "its end" : stack[0]));
    }
    awaitTlsEnd(deadline);
    checkNotFailed();
  }

  private void awaitTlsEnd(long deadline) {
    TlsResources shared = tls;
    if (shared != null) {
      try {
        var unused = shared.awaitEnd(deadline); // a computation ends by itself
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Loop thread only: answers all requests that are under way at the listening port, whether they
   * are read only in part or wait for their answer. Later answers have no effect.
   */
  public void answerRequestsUnderWay(HttpResponse response) {
    for (LoopSocket socket : sockets.all()) {
      socket.answerUnderWay(response);
    }
  }

  /** The failure that has ended the loop, if any. */
  public Optional<String> failure() {
    return Optional.ofNullable(endedBy).map(this::describeEnd);
  }

  /** Sets a listener for the end of the loop by a failure, called on the loop's thread. */
  public void onFailure(Runnable listener) {
    failureListener = listener;
  }

  /**
   * Sets the certificates that clients on this loop trust, asked for when one uses TLS; default:
   * those of the JVM.
   */
  public void trust(Supplier<SSLContext> certificates) {
    trust = certificates;
  }

  /** The certificates that clients on this loop trust. */
  SSLContext trust() {
    Supplier<SSLContext> chosen = trust;
    try {
      return chosen == null ? SSLContext.getDefault() : chosen.get();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS: " + e, e);
    }
  }

  /** Sets a listener for the failures that are reported; called on any thread, must not block. */
  public void onReport(Consumer<Throwable> listener) {
    reports.listener(listener);
  }

  @Override
  public void checkNotFailed() {
    Throwable cause = endedBy;
    if (cause != null) {
      throw new IllegalStateException(describeEnd(cause), cause);
    }
  }

  private String describeEnd(Throwable cause) {
    return "the thread " + thread.getName() + " has ended, and with it the fake: " + cause;
  }

  /** The number of turns in which the loop has served all its sockets. */
  public long turns() {
    return turns.get();
  }

  // ---- for the rest of this package ----

  /** Ends the wait of the selector. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Loop thread only: the selector for new sockets; null if the sockets have been closed. */
  @Nullable Selector openSelector() {
    return socketsClosed ? null : selector;
  }

  /** Loop thread only: the buffer into which sockets are read, one after the other. */
  ByteBuffer input() {
    return input;
  }

  /** Loop thread only: what its TLS connections share. */
  TlsResources tls() {
    TlsResources shared = tls;
    if (shared == null) {
      shared = new TlsResources(thread.getName());
      tls = shared;
    }
    return shared;
  }

  /** Loop thread only: writes the socket's output at the end of this turn. */
  void flushAtTurnEnd(LoopSocket socket) {
    unflushed.add(socket);
  }

  /** Loop thread only: the open sockets. */
  OpenSockets sockets() {
    return sockets;
  }

  @Override
  public void report(Throwable failure) {
    reports.report(failure);
  }

  /** Does the same as {@link #report}, but later on the loop, for callers that hold a lock. */
  void postponeReport(Throwable failure) {
    reports.postpone(failure);
  }

  /** Reports the end of a socket again, when there may be memory. Allocates nothing. */
  void notifyBrokenLater(LoopSocket socket) {
    tasks.notifyBrokenLater(socket);
    wakeUp();
  }

  /** Ends the loop because of a failure after which it cannot continue. */
  void end(Throwable cause) {
    if (endedBy == null) {
      endedBy = cause;
    }
    tasks.refuseOthers();
    stopping = true;
    report(cause);
    wakeUp();
  }

  /** The exception for callers that need the loop after its end. */
  IOException stopped() {
    Throwable cause = endedBy;
    return cause == null
        ? new IOException("the loop was stopped")
        : new IOException(describeEnd(cause), cause);
  }

  // ---- the loop ----

  private void run() {
    while (!stopping) {
      try {
        turn();
      } catch (Throwable failure) { // the other connections continue in any case
        report(failure);
      }
      if (reports.isOutOfMemory()) {
        reports.awaitMemory();
      }
    }
    for (int i = 0; i < LAST_ROUNDS && !finish(); i++) {
      reports.awaitMemory();
    }
  }

  /** Runs the remaining steps, none of which allocates memory; returns false if there are more. */
  private boolean finish() {
    try {
      closeSockets();
      runLastTasks();
      timers.onEarlierTask(null);
      notifyFailureListener();
      TlsResources shared = tls;
      if (shared != null) {
        shared.stop();
      }
      return true;
    } catch (Throwable failure) { // a class that is loaded now needs memory
      report(failure);
      return false;
    }
  }

  private void notifyFailureListener() {
    Runnable listener = failureListener;
    if (endedBy != null && listener != null) {
      try {
        listener.run();
      } catch (Throwable failure) { // nothing is left that it could harm
        report(failure);
      }
    }
  }

  private void turn() {
    turns.lazySet(turns.get() + 1);
    Thread.interrupted(); // an interrupted thread would not wait any more
    int ready = trySelect();
    try {
      serveSockets();
      boolean ran = tasks.run();
      moreMayFollow = ran || ready > 0; // responses to a frame often arrive within a moment
      if (!stopping) {
        timers.runDue();
      }
    } finally {
      flush(); // the output queued by others must not wait for the next event
    }
    reports.memorySuffices();
  }

  private int trySelect() {
    try {
      int ready = select();
      failedSelects = 0;
      return ready;
    } catch (IOException | RuntimeException e) {
      if (++failedSelects == MAX_FAILED_SELECTS || !selector.isOpen()) {
        end(e);
      } else {
        report(e);
      }
      return 0;
    }
  }

  /** Returns how many sockets are ready. */
  private int select() throws IOException {
    long nanos = tasks.isEmpty() ? timers.nanosUntilNext() : 0;
    if (nanos == 0) {
      return selector.selectNow();
    }
    if (moreMayFollow) {
      return spin(); // it may have taken a wake-up, so the next turn has to look at all again
    }
    return nanos == Long.MAX_VALUE ? selector.select() : selector.select(nanos / 1_000_000 + 1);
  }

  private int spin() throws IOException {
    SpinWait spinWait = SpinWait.begin(SpinWait.USUAL);
    int ready = selector.selectNow();
    while (ready == 0 && tasks.isEmpty() && spinWait.spin()) {
      ready = selector.selectNow();
    }
    return ready;
  }

  private void serveSockets() {
    if (socketsClosed || !selector.isOpen()) {
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
    Thread.interrupted(); // a handler may have set it, and it would close the next channel
    if (key.attachment() instanceof LoopSocket socket) {
      try {
        socket.onReady(key.readyOps(), input);
      } catch (Throwable failure) { // a failure must affect this socket only
        socket.onFailure(failure);
      }
    }
  }

  /**
   * Writes the sockets, latest first: a response is queued after the effects of its request, and
   * its client waits for it.
   */
  private void flush() {
    Thread.interrupted(); // as in serve
    for (int last = unflushed.size() - 1; last >= 0; last = unflushed.size() - 1) {
      LoopSocket socket = unflushed.remove(last);
      try {
        socket.flushTurn();
      } catch (Throwable failure) { // the others must be written in any case
        socket.onFailure(failure);
      }
    }
  }

  // ---- the end ----

  private void closeSockets() {
    socketsClosed = true;
    sockets.close(); // closed sockets are skipped
    for (int i = 0; i < LAST_ROUNDS && !closeSelector(); i++) {
      reports.awaitMemory();
    }
  }

  /**
   * Closes the selector, which finally closes registered channels; returns false if there is no
   * memory for it.
   */
  private boolean closeSelector() {
    try {
      if (selector.isOpen()) {
        selector.selectNow(); // closing would not do it a second time, if it fails the first
        selector.close();
      }
    } catch (OutOfMemoryError e) {
      return false;
    } catch (Throwable failure) {
      report(failure);
    }
    return true;
  }

  private void runLastTasks() {
    for (int i = 0; i < LAST_ROUNDS && tasks.run(); i++) {
      unflushed.clear(); // their sockets are closed
      if (reports.isOutOfMemory()) {
        reports.awaitMemory();
      }
    }
    reports.memorySuffices();
    tasks.refuseAll();
  }
}
