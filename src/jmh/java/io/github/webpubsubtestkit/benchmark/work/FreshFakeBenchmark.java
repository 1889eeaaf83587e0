package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.JettyServer;
import io.github.webpubsubtestkit.benchmark.rival.MockServer;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.benchmark.rival.Rival;
import io.github.webpubsubtestkit.benchmark.rival.UndertowServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What one test with a server of its own costs: start, two clients, one message, all closed. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FreshFakeBenchmark {

  @Benchmark
  public void kit() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(ConnectOptions.asUser("alice").groups("room"));
      PubSubClient bob = service.connect(ConnectOptions.asUser("bob").groups("room"));
      alice.sendToGroup("room", "hi");
      assertThat(bob).receivesText("hi");
      alice.close();
      bob.close();
    }
  }

  @Benchmark
  public void raw() throws Exception {
    rival(RawServer::begin);
  }

  @Benchmark
  public void netty() throws Exception {
    rival(NettyServer::begin);
  }

  @Benchmark
  public void jetty() throws Exception {
    rival(JettyServer::begin);
  }

  @Benchmark
  public void undertow() throws Exception {
    rival(UndertowServer::begin);
  }

  @Benchmark
  public void mockWebServer() throws Exception {
    rival(MockServer::begin);
  }

  private static void rival(Rival.Start start) throws Exception {
    try (Rival server = start.start()) {
      RawClient alice = RawClient.open(server.uri());
      RawClient bob = RawClient.open(server.uri());
      server.arrivals().await(2);
      alice.deliver("hi", bob);
      alice.end();
      bob.end();
    }
  }
}
