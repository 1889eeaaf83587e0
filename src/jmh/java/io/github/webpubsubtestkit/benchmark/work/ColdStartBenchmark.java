package io.github.webpubsubtestkit.benchmark.work;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Milliseconds from the start of a JVM until its first message has arrived; the median of five. */
@BenchmarkMode(Mode.SingleShotTime)
public class ColdStartBenchmark {

  private static final int JVMS = 5;

  @Benchmark
  public void kit(Figure figure) throws Exception {
    figure.is(millis(ColdKit.class));
  }

  /** The same, and an assertion waits for the message: what a user's first test does. */
  @Benchmark
  public void kitWithAssertion(Figure figure) throws Exception {
    figure.is(millis(ColdKitWithAssertion.class));
  }

  @Benchmark
  public void raw(Figure figure) throws Exception {
    figure.is(millis(ColdRaw.class));
  }

  @Benchmark
  public void netty(Figure figure) throws Exception {
    figure.is(millis(ColdNetty.class));
  }

  private static double millis(Class<?> main) throws Exception {
    double[] millis = new double[JVMS];
    for (int i = 0; i < JVMS; i++) {
      long start = System.nanoTime();
      try (ChildJvm child = ChildJvm.start(main)) {
        child.awaitLine("arrived");
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis[JVMS / 2];
  }
}
