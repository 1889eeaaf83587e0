package io.github.webpubsubtestkit.benchmark.work;

import java.lang.management.ManagementFactory;

/** The heap of this process. */
final class UsedHeap {

  private UsedHeap() {}

  /** What is still in use after several collections in a row. */
  static long bytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
