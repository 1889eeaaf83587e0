package io.github.webpubsubtestkit.internal.bridge;

import java.util.concurrent.atomic.AtomicBoolean;

/** A thread on which the callbacks of stubs run. */
public final class CallbackThread extends Thread {

  private final AtomicBoolean retired;

  /**
   * A thread that is not started.
   *
   * @param retired becomes true when the fake is reset
   */
  public CallbackThread(Runnable task, String name, AtomicBoolean retired) {
    super(task, name);
    this.retired = retired;
    setDaemon(true);
  }

  /**
   * Refuses a callback that has outlived a reset.
   *
   * @throws IllegalStateException if the current thread runs one
   */
  public static void checkNotRetired() {
    if (currentThread() instanceof CallbackThread callback && callback.retired.get()) {
      throw new IllegalStateException(
          "the service was reset while this callback of an EventHandlerStub was running, so the"
              + " callback cannot use it any more");
    }
  }
}
