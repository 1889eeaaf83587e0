package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.soak.JvmResources.loops;
import static io.github.webpubsubtestkit.soak.JvmResources.openFiles;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  /** Hundreds of fakes a second would otherwise use up the ports that there are for a minute. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void clientsThatHaveClosedKeepNoPortInTimeWait() throws IOException {
    int port;
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      port = service.endpoint().getPort();
      PubSubClient alice = service.connect(asUser("alice"));
      SimpleClient bob = service.connectSimple(asUser("bob"));
      assertThat(statesOf(port)).as("listening, established").contains("0A", "01");

      alice.close();
      bob.close();
    }

    assertThat(statesOf(port)).isEmpty();
  }

  /** The states of all sockets that have this local port, as the kernel writes them. */
  private static List<String> statesOf(int port) throws IOException {
    List<String> states = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] columns = line.strip().split("\\s+", 5);
        if (columns[1].endsWith(":%04X".formatted(port))) {
          states.add(columns[3]);
        }
      }
    }
    return states;
  }
}
