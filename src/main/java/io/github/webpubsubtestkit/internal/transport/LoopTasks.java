package io.github.webpubsubtestkit.internal.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input of a loop from all threads: tasks, and sockets whose end could not be reported. */
final class LoopTasks {

  private final FailureReports reports;
  private List<Runnable> waiting = new ArrayList<>(); // guarded by this
  private @Nullable LoopSocket untold; // guarded by this, the links as well
  private boolean fromLoopOnly; // guarded by this
  private boolean refusing; // guarded by this
  private List<Runnable> running = new ArrayList<>(); // loop thread only

  LoopTasks(FailureReports reports) {
    this.reports = reports;
  }

  /** Adds a task, unless it is too late. */
  synchronized boolean add(Runnable task, boolean fromLoop) {
    boolean accepted = fromLoop ? !refusing : !fromLoopOnly;
    if (accepted) {
      waiting.add(task);
    }
    return accepted;
  }

  /** Rejects further tasks, except from the loop itself. */
  synchronized void refuseOthers() {
    fromLoopOnly = true;
  }

  /** Rejects all further tasks. */
  synchronized void refuseAll() {
    fromLoopOnly = true;
    refusing = true;
    waiting.clear();
  }

  /** Reports the end of a socket again, with the next tasks. Allocates nothing. */
  synchronized void notifyBrokenLater(LoopSocket socket) {
    untold = socket.untoldBefore(untold);
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty() && untold == null;
  }

  /** Runs the tasks added so far; returns whether there were any. Loop thread only. */
  boolean run() {
    LoopSocket ended;
    synchronized (this) {
      List<Runnable> empty = running;
      running = waiting;
      waiting = empty;
      ended = untold;
      untold = null;
    }
    boolean any = ended != null || !running.isEmpty();
    notifyBroken(ended);
    for (int i = 0; i < running.size(); i++) { // an iterator would need memory
      try {
        running.get(i).run();
      } catch (Throwable failure) { // the other tasks must run in any case
        reports.report(failure);
      }
    }
    running.clear();
    return any;
  }

  private void notifyBroken(@Nullable LoopSocket first) {
    LoopSocket next = first;
    while (next != null) {
      LoopSocket told = next;
      synchronized (this) {
        next = told.takeUntold();
      }
      told.notifyBroken();
    }
  }
}
