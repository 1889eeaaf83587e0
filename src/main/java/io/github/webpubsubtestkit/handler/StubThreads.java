package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.bridge.CallbackThread;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.time.SpinWait;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which a test's callbacks run, so that a blocked one only stops its own connection.
 * They are created on demand, up to a number, and end when idle.
 */
final class StubThreads implements Executor {

  /** The maximum number of threads; further callbacks wait while all of them are blocked. */
  private static final int MAX_THREADS = 64;

  private static final long IDLE_SECONDS = 1;

  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean retired = new AtomicBoolean();
  private final ThreadPoolExecutor pool;

  /**
   * No threads yet.
   *
   * @param failures gets exceptions of the tasks, which are those of the kit, not of callbacks
   */
  StubThreads(String name, Consumer<Throwable> failures) {
    Waiting waiting = new Waiting();
    pool =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            waiting,
            task -> {
              Thread thread =
                  new CallbackThread(task, name + "-handler-" + number.incrementAndGet(), retired);
              thread.setUncaughtExceptionHandler(
                  (ended, failure) -> {
                    failures.accept(failure);
                    ended.getThreadGroup().uncaughtException(ended, failure);
                  });
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

  /** Does the same as {@link #stop} after a reset: the callbacks must not use the fake any more. */
  boolean retire(Timeout atMost) {
    retired.set(true);
    return stop(atMost);
  }

  /**
   * Interrupts running callbacks and waits for their end.
   *
   * @return whether all have ended, or the thread was interrupted meanwhile
   */
  boolean stop(Timeout atMost) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    boolean ended = true;
    try {
      ended = pool.awaitTermination(atMost.time().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  /**
   * A queue that accepts tasks only for idle threads, so that the pool creates a thread for others.
   * One of the idle threads spins for a moment before it sleeps, because waking it costs more than
   * most callbacks.
   */
  private static final class Waiting extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;
    private static final Duration SPIN_TIME = SpinWait.USUAL.multipliedBy(2);
    private static final Object NOTHING_YET = new Object();

    /** The task for the spinning thread; null while there is none. */
    @SuppressWarnings("serial") // a queue of tasks is never serialized
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
        // events often follow each other closely
      }
      return spinning.getAndSet(null) instanceof Runnable task ? task : null;
    }
  }
}
