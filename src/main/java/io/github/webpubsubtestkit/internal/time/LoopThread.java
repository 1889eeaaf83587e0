package io.github.webpubsubtestkit.internal.time;

/** The one thread on which timers run. */
public interface LoopThread {

  /** Returns whether the caller is that thread. */
  boolean inLoop();

  /** Runs a task on that thread, in the order of the calls; false if the thread has ended. */
  boolean execute(Runnable task);

  /**
   * Makes sure that the thread has not ended by a failure.
   *
   * @throws IllegalStateException that names the failure and has it as its cause
   */
  void checkNotFailed();

  /** Tells of a failure that no connection and no caller can be told of. Throws nothing itself. */
  void report(Throwable failure);
}
