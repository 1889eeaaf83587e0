package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.MemoryPause;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes failures that cannot be reported to a connection or a caller to the thread's
 * uncaught-exception handler. Never throws, even if that handler fails or memory is exhausted.
 */
final class FailureReports {

  private volatile boolean outOfMemory;
  private volatile @Nullable Throwable postponed;
  private volatile @Nullable Consumer<Throwable> listener;
  private int pauses; // in a row; loop thread only

  FailureReports() {
    MemoryPause.prepare();
  }

  /** Sets a listener for each failure from now on. */
  void listener(Consumer<Throwable> told) {
    listener = told;
  }

  /** Reports a failure now, or as soon as there is memory for it. */
  void report(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      outOfMemory = true;
    }
    try {
      Consumer<Throwable> told = listener;
      if (told != null) {
        told.accept(failure);
      }
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, failure);
    } catch (OutOfMemoryError e) {
      postpone(failure);
    } catch (Throwable ofHandler) {
      log(failure, ofHandler);
    }
  }

  /** Keeps a failure for {@link #memorySuffices()}; of several, the first. Allocates nothing. */
  void postpone(Throwable failure) {
    outOfMemory = true;
    if (postponed == null) {
      postponed = failure;
    }
  }

  /** Writes to the log of the JVM, as the JVM does for a handler that throws. */
  private void log(Throwable failure, Throwable ofHandler) {
    try {
      if (failure != ofHandler) {
        ofHandler.addSuppressed(failure);
      }
      System.getLogger(FailureReports.class.getName())
          .log(
              Level.ERROR,
              "The uncaught-exception handler of "
                  + Thread.currentThread().getName()
                  + " threw an exception; the failure that it was told of is suppressed in it",
              ofHandler);
    } catch (OutOfMemoryError e) {
      postpone(failure);
    } catch (Throwable e) {
      // nothing is left to report to
    }
  }

  /** Returns whether memory has run out since {@link #awaitMemory()} was last called. */
  boolean isOutOfMemory() {
    return outOfMemory;
  }

  /** Waits for others to free memory, longer each time; loop thread only. */
  void awaitMemory() {
    outOfMemory = false;
    if (!MemoryPause.await(pauses)) {
      outOfMemory = true; // the next turn is the pause
    }
    pauses++;
  }

  /** Reports that there was enough memory for a whole turn; loop thread only. */
  void memorySuffices() {
    pauses = 0;
    Throwable failure = postponed;
    if (failure != null) {
      postponed = null;
      report(failure);
    }
  }
}
