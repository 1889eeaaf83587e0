package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One client comes and goes; with the kit: a token minted and checked, {@code connected} received.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConnectBenchmark {

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private long count;

    @Setup
    public void start() {
      service = FakeWebPubSub.start();
    }

    @TearDown
    public void stop() {
      service.close();
    }
  }

  @State(Scope.Benchmark)
  public static class Raw {
    private RawServer server;

    @Setup
    public void start() throws Exception {
      server = RawServer.begin();
    }

    @TearDown
    public void stop() throws Exception {
      server.close();
    }
  }

  /** A user of its own each time: no token is like another. */
  @Benchmark
  public void kit(Kit kit) {
    kit.service.connect(ConnectOptions.asUser("user" + kit.count++)).close();
  }

  @Benchmark
  public void raw(Raw raw) throws Exception {
    RawClient.open(raw.server.uri()).end();
  }
}
