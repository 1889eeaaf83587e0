package io.github.webpubsubtestkit.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CountDownLatch;

/** Holds whoever passes until it is opened. */
final class Gate {

  private final CountDownLatch open = new CountDownLatch(1);

  /** Lets all pass, those that wait and those that come later. */
  void open() {
    open.countDown();
  }

  /** Passes once the gate is open; a gate that nobody opens is a failure. */
  void pass() {
    try {
      if (!open.await(20, SECONDS)) {
        throw new AssertionError("the gate was not opened within 20 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted before the gate was opened", e);
    }
  }
}
