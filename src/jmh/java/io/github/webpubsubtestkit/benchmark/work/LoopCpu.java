package io.github.webpubsubtestkit.benchmark.work;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** The CPU time of the thread of the only fake in this process. */
final class LoopCpu {

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long loop =
      Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
          .filter(thread -> thread != null && thread.getThreadName().startsWith("webpubsub-fake-"))
          .mapToLong(ThreadInfo::getThreadId)
          .findFirst()
          .orElseThrow();

  /** The nanoseconds that it has used so far. */
  long nanos() {
    return threads.getThreadCpuTime(loop);
  }
}
