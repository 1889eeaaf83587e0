package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * CPU time of the fake's thread per delivery, in nanoseconds. Each figure is of two million
 * deliveries after as many for warming up.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class FanOutCpuBenchmark {

  private static final int MESSAGES = 50;
  private static final int DELIVERIES = 2_000_000;

  @Benchmark
  public void receivers10(Figure figure) throws Exception {
    figure.is(nanosPerDelivery(10));
  }

  @Benchmark
  public void receivers100(Figure figure) throws Exception {
    figure.is(nanosPerDelivery(100));
  }

  @Benchmark
  public void receivers1000(Figure figure) throws Exception {
    figure.is(nanosPerDelivery(1_000));
  }

  @Benchmark
  public void receivers8000(Figure figure) throws Exception {
    figure.is(nanosPerDelivery(8_000));
  }

  private static double nanosPerDelivery(int receivers) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.start();
        GroupOfReceivers group = GroupOfReceivers.of(service, Protocol.JSON, receivers, MESSAGES)) {
      LoopCpu cpu = new LoopCpu();
      int bursts = Math.max(1, DELIVERIES / MESSAGES / receivers);
      for (int i = 0; i < bursts; i++) {
        group.burst();
      }
      long before = cpu.nanos();
      for (int i = 0; i < bursts; i++) {
        group.burst();
      }
      return (double) (cpu.nanos() - before) / ((double) bursts * MESSAGES * receivers);
    }
  }
}
