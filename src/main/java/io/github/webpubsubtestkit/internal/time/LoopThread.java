package io.github.webpubsubtestkit.internal.time;

/** The one thread on which timers run. */
public interface LoopThread {

  /** Whether the caller is that thread. */
  boolean inLoop();

  /** Runs a task on that thread, in the order of the calls; false if the thread has ended. */
  boolean execute(Runnable task);
}
