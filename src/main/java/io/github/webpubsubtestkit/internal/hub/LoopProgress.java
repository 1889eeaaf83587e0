package io.github.webpubsubtestkit.internal.hub;

/**
 * The progress of the service with its input. It is independent of the fake's time, which a test
 * may stop: clients need real time to read.
 */
public interface LoopProgress {

  /** The number of turns in which the service has served all its sockets; from any thread. */
  long turns();

  /** Runs a task a little later, when clients that read have had time to answer. */
  void later(Runnable task);
}
