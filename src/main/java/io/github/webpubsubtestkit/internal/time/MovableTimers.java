package io.github.webpubsubtestkit.internal.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Timers that show real time until a test moves or stops it.
 *
 * <p>They have no thread and no place in the loop's turn: a single alarm among the loop's real
 * timers serves the task that is due first. All tasks run on the loop thread, one after the other,
 * in the order of their times.
 *
 * <p>While the time is moved it stands, apart from the steps from one due task to the next, so that
 * each task sees the time at which it is due, and what it schedules counts from there.
 */
public final class MovableTimers implements Timers {

  /**
   * The real time a peer has before a moved clock declares it too slow. A live one answers within a
   * millisecond, which ends the wait.
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /**
   * The maximum duration of a step; tasks do not block, so only an overloaded machine reaches it.
   */
  private static final Duration STEP_LIMIT = Duration.ofSeconds(10);

  /** The latest time of an alarm, because sums of later times overflow. */
  private static final long ALARM_LIMIT = Duration.ofHours(1).toNanos();

  private final LoopTimers real;
  private final LoopThread loop;
  private final long origin = System.nanoTime();
  private final Object moves = new Object(); // held while a thread outside of the loop moves
  private volatile InstantSource instants = InstantSource.system(); // written under this

  // guarded by this; ticks are nanoseconds since the origin, as this clock has them
  private final TreeSet<Task> tasks = new TreeSet<>();
  private long nextNumber;
  private long shift;
  private boolean standing;
  private long standingAt;
  private boolean frozen;
  private int movers;
  private long alarmAt = Long.MAX_VALUE;
  private @Nullable Scheduled alarm;
  private @Nullable Task awaited;

  /** Creates timers that show real time at first. */
  public MovableTimers(LoopTimers real, LoopThread loop) {
    this.real = real;
    this.loop = loop;
  }

  @Override
  public Instant instant() {
    return instants.instant();
  }

  @Override
  public Scheduled schedule(Duration delay, Runnable task) {
    return add(delay, task, false);
  }

  @Override
  public Scheduled deadline(Duration delay, Runnable task) {
    return add(delay, task, true);
  }

  private synchronized Scheduled add(Duration delay, Runnable action, boolean deadline) {
    Task task = new Task(this, dueAfter(delay), nextNumber++, deadline, action);
    tasks.add(task);
    arm();
    return task;
  }

  private long dueAfter(Duration delay) {
    long now = ticks();
    try {
      return Math.addExact(now, Math.max(0, delay.toNanos()));
    } catch (ArithmeticException e) { // in 292 years or later
      return delay.isNegative() ? now : Long.MAX_VALUE;
    }
  }

  // ---- moving

  /** Returns whether the time is stopped. */
  public synchronized boolean isFrozen() {
    return frozen;
  }

  /** Stops the time: from now on only {@link #advanceBy} moves it. */
  public synchronized void freeze() {
    frozen = true;
    stand();
  }

  /** Resumes the time from the current instant. */
  public synchronized void resume() {
    frozen = false;
    runOn();
  }

  /**
   * Moves the time and runs all tasks that become due, on the loop thread, before it returns;
   * including those they schedule within that period and those they pass to the loop. A task that
   * throws is reported and does not stop others.
   *
   * <p>Before a {@link #deadline} passes, its peer has up to a second of real time to meet it, and
   * the loop its turns to notice that. The loop thread itself cannot wait, so for a call there
   * deadlines pass immediately.
   *
   * @throws IllegalArgumentException if the time is negative, or longer than 292 years
   * @throws IllegalStateException if the loop has ended or is overloaded, or if the calling thread
   *     is interrupted
   */
  public void advanceBy(Duration by) {
    long nanos = checked(by);
    if (loop.inLoop()) {
      long target = begin(nanos);
      try {
        runUntil(target, false);
      } finally {
        end();
      }
    } else {
      synchronized (moves) {
        long target = begin(nanos);
        try {
          advanceTo(target);
        } finally {
          end();
        }
      }
    }
  }

  private static long checked(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock can only move forward, not by " + by);
    }
    try {
      return by.toNanos();
    } catch (ArithmeticException e) {
      throw tooFar(by, e);
    }
  }

  private static IllegalArgumentException tooFar(Duration by, ArithmeticException cause) {
    return new IllegalArgumentException(
        "the clock can be moved by 292 years in all, but not by (further) " + by, cause);
  }

  private synchronized long begin(long nanos) {
    long target;
    try {
      target = Math.addExact(ticks(), nanos);
    } catch (ArithmeticException e) {
      throw tooFar(Duration.ofNanos(nanos), e);
    }
    movers++;
    stand();
    return target;
  }

  private synchronized void end() {
    movers--;
    runOn();
  }

  /** Moves the time step by step, so that peers with time left can use it between two steps. */
  private void advanceTo(long target) {
    Task tooEarly;
    do {
      CompletableFuture<@Nullable Task> step = new CompletableFuture<>();
      if (!loop.execute(() -> step.complete(runUntil(target, true)))) {
        loop.checkNotFailed();
        throw new IllegalStateException("the clock of a closed fake stands");
      }
      tooEarly = resultOf(step);
      if (tooEarly != null) {
        awaitGrace(tooEarly);
      }
    } while (tooEarly != null);
    awaitConsequences();
  }

  /**
   * Waits for the tasks that due tasks have passed to the loop, such as the end of a connection.
   */
  private void awaitConsequences() {
    CompletableFuture<@Nullable Task> behindThem = new CompletableFuture<>();
    if (loop.execute(() -> behindThem.complete(null))) {
      resultOf(behindThem);
    }
  }

  private static @Nullable Task resultOf(CompletableFuture<@Nullable Task> step) {
    try {
      return step.get(STEP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the fake's loop was busy for " + STEP_LIMIT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a step of the clock failed", e.getCause());
    }
  }

  private synchronized void awaitGrace(Task deadline) {
    awaited = deadline;
    try {
      for (long left = deadline.graceNanos();
          left > 0 && tasks.contains(deadline);
          left = deadline.graceNanos()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      awaited = null;
    }
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the clock was moved", cause);
  }

  // ---- running, on the loop thread

  /** Returns the deadline before which it has to pause, or null when the target is reached. */
  private @Nullable Task runUntil(long target, boolean patient) {
    while (true) {
      Task next;
      synchronized (this) {
        next = tasks.isEmpty() ? null : tasks.first();
        if (next == null || next.due > target) {
          standAt(target);
          return null;
        }
        if (patient && next.graceNanos() > 0) {
          return next;
        }
        tasks.remove(next);
        standAt(next.due);
      }
      run(next);
    }
  }

  private void ring() {
    long now; // tasks that become due meanwhile run later, after the sockets have had their turn
    synchronized (this) {
      alarm = null;
      alarmAt = Long.MAX_VALUE;
      now = ticks();
    }
    for (Task next = pollDue(now); next != null; next = pollDue(now)) {
      run(next);
    }
    synchronized (this) {
      arm();
    }
  }

  private synchronized @Nullable Task pollDue(long now) {
    return standing || tasks.isEmpty() || tasks.first().due > now ? null : tasks.pollFirst();
  }

  private void run(Task task) {
    try {
      task.action.run();
    } catch (Throwable failure) { // the other tasks must run in any case
      loop.report(failure);
    }
  }

  // ---- with the lock held

  private long ticks() {
    return standing ? standingAt : System.nanoTime() - origin + shift;
  }

  private void stand() {
    if (!standing) {
      standingAt = ticks();
      instants = InstantSource.fixed(instants.instant());
      standing = true;
    }
  }

  private void standAt(long target) {
    if (target > standingAt) {
      try {
        instants = InstantSource.fixed(instants.instant().plusNanos(target - standingAt));
      } catch (DateTimeException | ArithmeticException e) {
        throw new IllegalStateException("there is no such instant", e);
      }
      standingAt = target;
    }
  }

  private void runOn() {
    if (standing && !frozen && movers == 0) {
      InstantSource system = InstantSource.system();
      instants =
          InstantSource.offset(system, Duration.between(system.instant(), instants.instant()));
      shift = standingAt - (System.nanoTime() - origin);
      standing = false;
      disarm(); // the alarm was set by the time as it ran before
      arm();
    }
  }

  /** Sets the alarm; one that fires too early checks again. */
  private void arm() {
    if (standing || tasks.isEmpty() || tasks.first().due >= alarmAt) {
      return;
    }
    disarm();
    long due = tasks.first().due;
    alarm = real.schedule(Duration.ofNanos(Math.min(due - ticks(), ALARM_LIMIT)), this::ring);
    alarmAt = due; // only now: without an alarm the next task has to set one
  }

  private void disarm() {
    Scheduled set = alarm;
    if (set != null) {
      set.cancel();
      alarm = null;
    }
    alarmAt = Long.MAX_VALUE;
  }

  private static final class Task implements Scheduled, Comparable<Task> {
    private final MovableTimers owner;
    private final long due;
    private final long number;
    private final boolean deadline;
    private final Runnable action;
    private final long since = System.nanoTime();

    Task(MovableTimers owner, long due, long number, boolean deadline, Runnable action) {
      this.owner = owner;
      this.due = due;
      this.number = number;
      this.deadline = deadline;
      this.action = action;
    }

    /** The real time the peer still has to meet this deadline. */
    long graceNanos() {
      return deadline ? Math.max(0, GRACE.toNanos() - (System.nanoTime() - since)) : 0;
    }

    @Override
    public void cancel() {
      synchronized (owner) {
        owner.tasks.remove(this);
        if (owner.awaited == this) {
          owner.notifyAll();
        }
      }
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
