package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.time.SpinWait;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The version number of a changing value: each change increments it, and waiting code spins for a
 * moment and then sleeps until it differs.
 */
public final class Changes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong version = new AtomicLong(); // changes under lock

  /** Signals a change; must be called after the change is visible. */
  public void signal() {
    lock.lock();
    try {
      version.incrementAndGet();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks, and checks again after each change, until there is an outcome or the time is up. Checks
   * at least once, and once more when the time is up.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @return the outcome; empty when the time was up
   */
  public <T> Optional<T> await(long deadlineNanos, Supplier<Optional<T>> look)
      throws InterruptedException {
    while (true) {
      long seen =
          version.get(); // before the check, so that a later change ends the wait immediately
      boolean last = deadlineNanos - System.nanoTime() <= 0; // likewise: the last check is after it
      Optional<T> outcome = look.get();
      if (outcome.isPresent() || last) {
        return outcome;
      }
      awaitOtherThan(seen, deadlineNanos);
    }
  }

  private void awaitOtherThan(long seen, long deadlineNanos) throws InterruptedException {
    SpinWait spinWait = SpinWait.begin(SpinWait.USUAL);
    while (version.get() == seen && System.nanoTime() - deadlineNanos < 0 && spinWait.spin()) {
      // the outcome is mostly available within a moment
    }
    lock.lockInterruptibly();
    try {
      long left = deadlineNanos - System.nanoTime();
      while (version.get() == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
