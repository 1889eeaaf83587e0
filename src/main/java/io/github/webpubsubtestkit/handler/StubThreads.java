package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.time.SpinWait;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
    Waiting waiting = new Waiting();
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

  /**
   * Gives tasks to threads that are idle only; for others the pool is to make a thread. One of the
   * idle threads spins for a moment before it goes to sleep: to be woken costs more than most
   * callbacks.
   */
  private static final class Waiting extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;
    private static final Duration SPIN_TIME = SpinWait.USUAL.multipliedBy(2);
    private static final Object NOTHING_YET = new Object();

    /** What the spinning thread gets; null while there is none. */
    @SuppressWarnings("serial") // nobody serializes a queue of tasks
    private final AtomicReference<@Nullable Object> spinning = new AtomicReference<>();

    @Override
    public boolean offer(Runnable task) {
      return spinning.compareAndSet(NOTHING_YET, task) || tryTransfer(task);
    }

    @Override
    public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
      Runnable task = poll();
      if (task == null && spinning.compareAndSet(null, NOTHING_YET)) {
        task = spin();
      }
      return task == null ? super.poll(timeout, unit) : task;
    }

    private @Nullable Runnable spin() {
      SpinWait moment = SpinWait.begin(SPIN_TIME);
      while (spinning.get() == NOTHING_YET && moment.spin()) {
        // an event often follows soon on the one before
      }
      return spinning.getAndSet(null) instanceof Runnable task ? task : null;
    }
  }
}
