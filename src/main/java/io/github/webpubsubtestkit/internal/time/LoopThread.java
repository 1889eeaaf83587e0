package io.github.webpubsubtestkit.internal.time;

/** The one thread on which timers run. */
public interface LoopThread {

  /** Returns whether the caller is that thread. */
  boolean inLoop();

  /** Runs a task on that thread, in the order of the calls; false if the thread has ended. */
  boolean execute(Runnable task);

  /**
   * Throws if the thread has ended by a failure.
   *
   * @throws IllegalStateException if it has; names the failure and has it as its cause
   */
  void checkNotFailed();

  /** Reports a failure that cannot be reported to a connection or a caller. Never throws. */
  void report(Throwable failure);
}
