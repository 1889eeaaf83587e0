package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Real-time timers without their own thread: the loop that serves the sockets queries how long it
 * may sleep and runs due tasks.
 */
public final class LoopTimers implements Timers {

  private final InstantSource source;
  private final TreeSet<Task> tasks = new TreeSet<>(); // guarded by this
  private long nextNumber; // guarded by this
  private @Nullable Runnable wakeup; // guarded by this

  private LoopTimers(InstantSource source) {
    this.source = source;
  }

  /** Timers on the system's clock. */
  public static LoopTimers realTime() {
    return new LoopTimers(InstantSource.system());
  }

  @Override
  public Instant instant() {
    return source.instant();
  }

  @Override
  public Scheduled schedule(Duration delay, Runnable task) {
    long due = System.nanoTime() + Math.max(0, delay.toNanos());
    Task entry;
    Runnable notify = null;
    synchronized (this) {
      entry = new Task(this, due, nextNumber++, task);
      tasks.add(entry);
      if (tasks.first() == entry) {
        notify = wakeup;
      }
    }
    if (notify != null) {
      notify.run();
    }
    return entry;
  }

  /**
   * Sets the callback for a task that is due earlier than all others; it is called from any thread.
   *
   * @param wakeup the callback; null for none
   */
  public synchronized void onEarlierTask(@Nullable Runnable wakeup) {
    this.wakeup = wakeup;
  }

  /**
   * Nanoseconds until the next task is due, 0 if one is overdue, {@link Long#MAX_VALUE} if there is
   * none.
   */
  public synchronized long nanosUntilNext() {
    return tasks.isEmpty() ? Long.MAX_VALUE : Math.max(0, tasks.first().due - System.nanoTime());
  }

  /**
   * Runs all due tasks, in the order of their times. If one throws, the others stay due; one that
   * runs out of memory stays due itself, because nothing else might schedule it again.
   */
  public void runDue() {
    long now = System.nanoTime();
    for (Task next = firstDue(now); next != null; next = firstDue(now)) {
      boolean done = true;
      try {
        next.action.run();
      } catch (OutOfMemoryError e) {
        done = false;
        throw e;
      } finally {
        if (done) {
          next.cancel();
        }
      }
    }
  }

  private synchronized @Nullable Task firstDue(long now) {
    return tasks.isEmpty() || tasks.first().due - now > 0 ? null : tasks.first();
  }

  private static final class Task implements Scheduled, Comparable<Task> {
    private final LoopTimers owner;
    private final long due;
    private final long number;
    private final Runnable action;

    Task(LoopTimers owner, long due, long number, Runnable action) {
      this.owner = owner;
      this.due = due;
      this.number = number;
      this.action = action;
    }

    @Override
    public void cancel() {
      synchronized (owner) {
        owner.tasks.remove(this);
      }
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due - other.due, 0);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
