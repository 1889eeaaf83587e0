package io.github.webpubsubtestkit.internal.hub;

/**
 * How far the service has got with what came in. It is not a matter of the fake's time, which a
 * test may stop: clients need real time to read.
 */
public interface LoopProgress {

  /** How often the service has looked at all its sockets; from any thread. */
  long turns();

  /** Runs a task a little later, when clients that read have had time to answer. */
  void later(Runnable task);
}
