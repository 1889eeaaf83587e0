package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.client.SendRequest;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * REST calls per second by one caller and by 64 at once, each on a connection of its own. Any
 * answer but 202 ends the measurement.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ParallelSendBenchmark {

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;

    @Setup
    public void start() {
      service = FakeWebPubSub.start();
    }

    @TearDown
    public void stop() {
      service.close();
    }
  }

  @State(Scope.Thread)
  public static class Caller {
    private KeptAliveCaller connection;

    @Setup
    public void connect(Kit kit) throws IOException {
      connection =
          new KeptAliveCaller(
              kit.service.endpoint().getPort(),
              SendRequest.of(
                  kit.service.endpoint().toString(),
                  "/api/hubs/hub/:send",
                  kit.service.accessKey()));
    }

    @TearDown
    public void disconnect() throws IOException {
      connection.close();
    }
  }

  @Benchmark
  @Threads(1)
  public void caller(Caller caller) throws IOException {
    caller.connection.call();
  }

  @Benchmark
  @Threads(64)
  public void callers64(Caller caller) throws IOException {
    caller.connection.call();
  }
}
