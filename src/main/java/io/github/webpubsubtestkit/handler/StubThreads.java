package io.github.webpubsubtestkit.handler;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a test's callbacks run, so that one that blocks stops nobody but its own
 * connection. They come when they are needed, up to a number, and go again.
 */
final class StubThreads implements Executor, AutoCloseable {

  /** More callbacks than this that block at the same time wait for each other. */
  private static final int MAX_THREADS = 64;

  private static final long IDLE_SECONDS = 1;
  private static final long STOP_SECONDS = 5;

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool;

  StubThreads(String name) {
    LinkedTransferQueue<Runnable> waiting =
        new LinkedTransferQueue<>() {
          private static final long serialVersionUID = 1L;

          /** Only to a thread that is idle: else the pool is to make one. */
          @Override
          public boolean offer(Runnable task) {
            return tryTransfer(task);
          }
        };
    pool =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            waiting,
            task -> {
              Thread thread = new Thread(task, name + "-handler-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            (task, full) -> {
              if (!full.isShutdown()) {
                waiting.put(task);
              }
            });
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Interrupts what still runs and waits until it has ended, 5 s at most. */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "a callback of an EventHandlerStub did not end within 5 s of being interrupted");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
