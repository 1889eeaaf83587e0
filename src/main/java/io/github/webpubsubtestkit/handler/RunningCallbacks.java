package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a fake's stubs that run or are about to, if a test is to know how they end; and
 * the events that a test leaves without an answer.
 */
final class RunningCallbacks {

  private final Set<Run> running = new LinkedHashSet<>(); // guarded by this
  private long begun; // guarded by this
  private boolean closed; // guarded by this

  private final Map<Object, String> hanging = new ConcurrentHashMap<>();

  private final Barrier barrier;

  /**
   * None yet.
   *
   * @param barrier is told of events that hang
   */
  RunningCallbacks(Barrier barrier) {
    this.barrier = barrier;
  }

  /** One call of a callback. */
  static final class Run {
    private final HandlerEvent event;
    private volatile @Nullable Thread thread;
    private boolean ignored; // guarded by the callbacks

    /**
     * A call that has not begun.
     *
     * @param ignored nobody waits for its end
     */
    Run(HandlerEvent event, boolean ignored) {
      this.event = event;
      this.ignored = ignored;
    }

    /** It runs on the current thread. */
    void onThread() {
      thread = Thread.currentThread();
    }

    /** {@code event "bid", at com.example.BidTest.bid(BidTest.java:7)}. */
    private String describe() {
      Thread on = thread;
      return "event \"" + event.name() + "\"" + (on == null ? "" : placeOf(on));
    }

    private static String placeOf(Thread thread) {
      Throwable stack = new Throwable();
      stack.setStackTrace(thread.getStackTrace());
      return UserFrames.place(stack).map(place -> ", at " + place).orElse("");
    }
  }

  synchronized void begin(Run run) {
    begun++;
    running.add(run);
  }

  synchronized void end(Run run) {
    running.remove(run);
    if (!isAwaited()) {
      notifyAll();
    }
  }

  private boolean isAwaited() {
    return !closed && running.stream().anyMatch(run -> !run.ignored);
  }

  /** Descriptions of those that are running. */
  synchronized List<String> texts() {
    return running.stream().map(Run::describe).toList();
  }

  /** The test has said that this call gets no answer. */
  void hangs(Object call, String connectionId) {
    hanging.put(call, connectionId);
    barrier.hangs();
  }

  /** The service waits for it no longer. */
  void givenUp(Object call) {
    hanging.remove(call);
  }

  /** Returns whether an event of the connection gets no answer. */
  boolean isHanging(String connectionId) {
    return hanging.containsValue(connectionId);
  }

  /** Nobody waits for them any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized long begun() {
    return begun;
  }

  /** Waits until none is running; returns descriptions of those that still are, once. */
  synchronized List<String> awaitNone(long deadlineNanos) throws InterruptedException {
    for (long nanos = deadlineNanos - System.nanoTime();
        isAwaited() && nanos > 0;
        nanos = deadlineNanos - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
    List<Run> left = closed ? List.of() : running.stream().filter(run -> !run.ignored).toList();
    left.forEach(run -> run.ignored = true);
    return left.stream().map(Run::describe).toList();
  }
}
