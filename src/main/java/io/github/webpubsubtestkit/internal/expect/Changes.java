package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.time.SpinWait;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The version number of something that changes: whoever changes it counts on, whoever waits for it
 * looks out for a moment and then sleeps until the number is another one.
 */
public final class Changes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong version = new AtomicLong(); // changes under lock

  /** Says that something has changed; to be called after the change can be seen. */
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
   * Looks, and looks again after each change, until there is an outcome or the time is up. Looks at
   * least once, and once more when the time is up.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @return what the look gave; empty when the time was up
   */
  public <T> Optional<T> await(long deadlineNanos, Supplier<Optional<T>> look)
      throws InterruptedException {
    while (true) {
      long seen = version.get(); // before the look: a change after it then ends the wait at once
      boolean last = deadlineNanos - System.nanoTime() <= 0; // likewise: the last look is after it
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
      // what a test waits for is mostly there in a moment
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
