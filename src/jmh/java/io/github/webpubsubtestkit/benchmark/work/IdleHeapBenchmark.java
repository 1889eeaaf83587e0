package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.lang.management.ManagementFactory;
import java.net.URI;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** The server's heap per idle connection, in KiB; the clients are in another process. */
@BenchmarkMode(Mode.SingleShotTime)
public class IdleHeapBenchmark {

  private static final int CONNECTIONS = 1_500;

  @Benchmark
  public void kit(Figure figure) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service.connect(ConnectOptions.asUser("first")).close(); // loads what is loaded once
      URI url = service.clientUrl(ConnectOptions.asUser("alice"));
      figure.is(kibibytesPerConnection(url.toString(), Protocol.JSON.subprotocol()));
    }
  }

  @Benchmark
  public void raw(Figure figure) throws Exception {
    try (RawServer server = RawServer.begin()) {
      figure.is(kibibytesPerConnection(server.uri().toString(), ""));
    }
  }

  private static double kibibytesPerConnection(String url, String subprotocol) throws Exception {
    long before = usedHeap();
    try (ChildJvm clients =
        ChildJvm.start(IdleClients.class, url, String.valueOf(CONNECTIONS), subprotocol)) {
      clients.awaitLine("connected");
      return (usedHeap() - before) / 1024.0 / CONNECTIONS;
    }
  }

  /** What is still in use after several collections in a row. */
  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
