package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the TLS connections of a loop share: threads for the computations of handshakes, and spare
 * buffers. Created with the first of them.
 */
final class TlsResources {

  /** The size of a buffer: four of the largest records, for one system call. */
  static final int BUFFER_BYTES = 4 * 17 * 1024;

  private static final int MAX_SPARE = 8;
  private static final int THREADS = 2;
  private static final long IDLE_SECONDS = 1;

  private final ThreadPoolExecutor computations;
  private final List<Thread> threads = new ArrayList<>(); // guarded by this
  private final Deque<ByteBuffer> spare = new ArrayDeque<>(); // guarded by this
  private int lent; // guarded by this

  TlsResources(String threadName) {
    AtomicInteger number = new AtomicInteger();
    computations =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, threadName + "-tls-" + number.incrementAndGet());
              thread.setDaemon(true);
              remember(thread);
              return thread;
            });
    computations.allowCoreThreadTimeOut(true);
  }

  private synchronized void remember(Thread started) {
    threads.removeIf(each -> each.getState() == Thread.State.TERMINATED);
    threads.add(started);
  }

  /** Runs a computation off the loop; returns false if the loop has ended. */
  boolean execute(Runnable computation) {
    try {
      computations.execute(computation);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** An empty buffer; it has an array without offset. */
  synchronized ByteBuffer take() {
    lent++;
    ByteBuffer free = spare.pollLast();
    return free != null ? free.clear() : ByteBuffer.allocate(BUFFER_BYTES);
  }

  /** Takes a buffer back, if it is one of those. */
  synchronized void giveBack(ByteBuffer used) {
    if (used.capacity() != BUFFER_BYTES) {
      return;
    }
    lent--;
    if (spare.size() < MAX_SPARE) {
      spare.addLast(used);
    }
  }

  /** The number of buffers in use. */
  synchronized int lent() {
    return lent;
  }

  /** Ends the threads; does not wait. */
  void stop() {
    computations.shutdownNow();
  }

  /** Waits for the end of the threads, at most until a deadline of {@link System#nanoTime()}. */
  boolean awaitEnd(long deadlineNanos) throws InterruptedException {
    boolean ended =
        computations.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    List<Thread> last;
    synchronized (this) {
      last = List.copyOf(threads);
    }
    for (Thread each : last) { // a pool has terminated a moment before its threads have
      long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      each.join(Math.max(1, left));
      ended &= !each.isAlive();
    }
    return ended;
  }
}
