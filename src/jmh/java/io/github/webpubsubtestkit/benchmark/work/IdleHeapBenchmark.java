package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** The server's heap per idle connection, in KiB; the clients are in another process. */
@BenchmarkMode(Mode.SingleShotTime)
public class IdleHeapBenchmark {

  private static final int CONNECTIONS = 800;

  @Benchmark
  public void kit(Figure figure) throws Exception {
    figure.is(kibibytesPerConnection(Protocol.JSON));
  }

  /** A reliable connection that was sent nothing has a replay buffer, but an empty one. */
  @Benchmark
  public void reliable(Figure figure) throws Exception {
    figure.is(kibibytesPerConnection(Protocol.JSON_RELIABLE));
  }

  @Benchmark
  public void raw(Figure figure) throws Exception {
    try (RawServer server = RawServer.begin()) {
      figure.is(kibibytesPerConnection(server.uri().toString(), ""));
    }
  }

  private static double kibibytesPerConnection(Protocol protocol) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service
          .connect(ConnectOptions.asUser("first").protocol(protocol))
          .close(); // loads what is loaded once
      URI url = service.clientUrl(ConnectOptions.asUser("alice"));
      return kibibytesPerConnection(url.toString(), protocol.subprotocol());
    }
  }

  private static double kibibytesPerConnection(String url, String subprotocol) throws Exception {
    long before = UsedHeap.bytes();
    try (ChildJvm clients =
        ChildJvm.start(IdleClients.class, url, String.valueOf(CONNECTIONS), subprotocol)) {
      clients.awaitLine("connected");
      return (UsedHeap.bytes() - before) / 1024.0 / CONNECTIONS;
    }
  }
}
