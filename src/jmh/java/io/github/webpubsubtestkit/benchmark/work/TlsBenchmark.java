package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.BareTls;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The same as {@link FreshFakeBenchmark} with TLS, and the least that it can cost. The kit's
 * clients resume the session of an earlier one, as they do in tests; the bare handshakes are
 * complete.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class TlsBenchmark {

  /**
   * What a fresh fake with TLS and two clients may cost beyond a plain one: one and a half each.
   */
  private static final int HANDSHAKES = 3;

  private final SSLContext context = context();

  private static SSLContext context() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      return service.sslContext();
    }
  }

  @Benchmark
  public void kit() {
    try (FakeWebPubSub service = FakeWebPubSub.builder().https().build()) {
      talk(service);
    }
  }

  @Benchmark
  public void plainAndHandshakes() throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      talk(service);
    }
    for (int i = 0; i < HANDSHAKES; i++) {
      BareTls.handshake(context);
    }
  }

  @Benchmark
  public void handshake() throws Exception {
    BareTls.handshake(context);
  }

  @Benchmark
  public void raw() throws Exception {
    try (RawServer server = RawServer.begin(context)) {
      RawClient alice = RawClient.open(server.secureUri(), context);
      RawClient bob = RawClient.open(server.secureUri(), context);
      server.arrivals().await(2);
      alice.deliver("hi", bob);
      alice.end();
      bob.end();
    }
  }

  private static void talk(FakeWebPubSub service) {
    PubSubClient alice = service.connect(ConnectOptions.asUser("alice").groups("room"));
    PubSubClient bob = service.connect(ConnectOptions.asUser("bob").groups("room"));
    alice.sendToGroup("room", "hi");
    assertThat(bob).receivesText("hi");
    alice.close();
    bob.close();
  }
}
