package io.github.webpubsubtestkit.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("slow")
@Isolated("uses many files, and counts threads of the whole JVM")
class TlsLoadTest {

  @Test
  void aThousandConnectionsAtATime() throws Exception {
    try (TestServer server =
        TestServer.webSockets(
            TransportLimits.ofService(),
            TlsIdentity.ofKit().context(),
            RecordingHandler.Echo::new)) {
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        clients.add(TestClient.begin(server.loop, server.uri("/client/hubs/chat"), List.of()));
      }
      for (TestClient each : clients) {
        assertThat(each.outcome.get(60, TimeUnit.SECONDS)).startsWith("open");
      }
      for (TestClient each : clients) {
        each.send("hello");
      }
      for (TestClient each : clients) {
        assertThat(each.handler().nextEvent()).isEqualTo("text hello");
      }

      assertThat(server.onLoop(() -> server.loop.tls().lent())).as("buffers in use").isZero();
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("transport-test")))
        .isEmpty();
  }
}
