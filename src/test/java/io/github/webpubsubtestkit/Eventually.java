package io.github.webpubsubtestkit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How the kit's own tests wait for something that no assertion of the kit waits for.
 *
 * <p>By default Awaitility takes an uncaught exception on any thread for a failure of the wait. Our
 * tests run at the same time, and some of them let a thread end by an exception on purpose.
 */
public final class Eventually {

  private Eventually() {}

  /** Awaitility, without the exceptions of other tests. */
  public static ConditionFactory eventually() {
    return Awaitility.await().dontCatchUncaughtExceptions();
  }
}
