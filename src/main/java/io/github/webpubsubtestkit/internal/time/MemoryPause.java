package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Leaves others a moment to free memory, before something is tried again for which there was none.
 * To try again at once would only make the garbage collector run without a pause.
 */
public final class MemoryPause {

  private static final long SHORTEST = Duration.ofMillis(1).toNanos();
  private static final int DOUBLINGS = 6;

  private MemoryPause() {}

  /** Loads what a pause needs, while there is memory for it. */
  public static void prepare() {
    LockSupport.parkNanos(MemoryPause.class, 0); // it does not wait
  }

  /**
   * Waits for 1 ms, and twice as long each time, up to 64 ms.
   *
   * @param before how many pauses in a row there have been before this one
   * @return whether there was memory for it; otherwise it has not waited
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
