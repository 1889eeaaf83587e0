package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
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

    Run(HandlerEvent event) {
      this.event = event;
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
      String place = Secrets.place(stack);
      return place.isEmpty() ? "" : ", at " + place;
    }
  }

  synchronized void begin(Run run) {
    begun++;
    running.add(run);
  }

  synchronized void end(Run run) {
    running.remove(run);
    if (running.isEmpty()) {
      notifyAll();
    }
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

  /** Waits until none is running; returns descriptions of those that still are. */
  List<String> awaitNone(long deadlineNanos) throws InterruptedException {
    List<Run> left;
    synchronized (this) {
      for (long nanos = deadlineNanos - System.nanoTime();
          !closed && !running.isEmpty() && nanos > 0;
          nanos = deadlineNanos - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      }
      left = closed ? List.of() : new ArrayList<>(running);
      running.clear(); // they are waited for once
    }
    return left.stream().map(Run::describe).toList();
  }
}
