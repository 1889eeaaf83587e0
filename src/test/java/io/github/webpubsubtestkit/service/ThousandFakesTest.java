package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts threads and files of the whole JVM")
class ThousandFakesTest {

  @Test
  void aThousandFakesWithTwoClientsLeaveNoThreadAndNoSocket() {
    Set<Thread> threads = loops();
    long files = openFiles();
    for (int i = 0; i < 1_000; i++) {
      try (FakeWebPubSub fresh = FakeWebPubSub.start()) {
        fresh.connect(asUser("alice"));
        fresh.connectSimple(asUser("bob"));
      }
    }

    assertThat(loops()).isSubsetOf(threads);
    assertThat(openFiles()).as("open files, a few of the JVM itself aside").isLessThan(files + 100);
  }

  /** On systems that do not count them: always the same. */
  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static Set<Thread> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("webpubsub-fake-"))
        .collect(Collectors.toSet());
  }
}
