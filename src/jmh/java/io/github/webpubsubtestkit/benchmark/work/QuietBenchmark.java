package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
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

/** To be certain that no message comes, on a quiet fake with 100 connections. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class QuietBenchmark {

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private PubSubClient client;

    @Setup
    public void start() {
      service = FakeWebPubSub.start();
      for (int i = 0; i < 100; i++) {
        client = service.connect(ConnectOptions.asUser("user" + i));
      }
    }

    @TearDown
    public void stop() {
      service.close();
    }
  }

  @Benchmark
  public void kit(Kit kit) {
    assertThat(kit.client).receivesNoMessage();
  }
}
