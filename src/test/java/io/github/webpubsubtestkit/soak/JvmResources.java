package io.github.webpubsubtestkit.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;

/** What fakes could leave behind in this JVM. */
public final class JvmResources {

  private JvmResources() {}

  /** How many files and sockets are open; on systems that do not count them always the same. */
  public static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** The threads of running fakes. */
  public static Set<Thread> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("webpubsub-fake-"))
        .collect(Collectors.toSet());
  }
}
