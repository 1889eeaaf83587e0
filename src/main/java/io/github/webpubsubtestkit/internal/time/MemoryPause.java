package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A pause that lets others free memory before a retry after a lack of memory. An immediate retry
 * would only keep the garbage collector running.
 */
public final class MemoryPause {

  private static final long SHORTEST = Duration.ofMillis(1).toNanos();
  private static final int DOUBLINGS = 6;

  private MemoryPause() {}

  /** Loads the required classes, while there is memory for them. */
  public static void prepare() {
    LockSupport.parkNanos(MemoryPause.class, 0); // it does not wait
  }

  /**
   * Waits for 1 ms, and twice as long each time, up to 64 ms.
   *
   * @param before the number of consecutive pauses before this one
   * @return true if there was memory for it; otherwise it has not waited
   */
  public static boolean await(int before) {
    try {
      LockSupport.parkNanos(MemoryPause.class, SHORTEST << Math.min(before, DOUBLINGS));
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }
}
