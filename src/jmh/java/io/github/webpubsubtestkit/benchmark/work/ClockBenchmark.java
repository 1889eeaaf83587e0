package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.time.MovableTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * What one {@code advanceBy} over all pending timers takes for each of them, in nanoseconds: the
 * median of many times in a warm JVM. Each timer has a time of its own, they were set in no order,
 * and do nothing but count; setting them is not in the figure.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class ClockBenchmark {

  private static final int TIMERS_IN_ALL = 2_000_000;

  @Benchmark
  public void timers10000(Figure figure) throws Exception {
    figure.is(nanosPerTimer(10_000));
  }

  @Benchmark
  public void timers1000(Figure figure) throws Exception {
    figure.is(nanosPerTimer(1_000));
  }

  private static double nanosPerTimer(int pending) throws Exception {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < pending; i++) {
      delays.add(Duration.ofHours(1).plusMillis(i));
    }
    Collections.shuffle(delays, new Random(1));
    double[] nanos = new double[TIMERS_IN_ALL / pending];
    try (Engine engine = Engine.start(EngineConfig.builder().build())) {
      for (int i = -nanos.length / 2; i < nanos.length; i++) {
        double taken = (double) advance(engine.timers(), delays) / pending;
        if (i >= 0) {
          nanos[i] = taken;
        }
      }
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static long advance(MovableTimers timers, List<Duration> delays) {
    int[] rung = {0}; // written on the loop, for which advanceBy waits
    delays.forEach(delay -> timers.schedule(delay, () -> rung[0]++));
    long start = System.nanoTime();
    timers.advanceBy(Duration.ofHours(2));
    long taken = System.nanoTime() - start;
    if (rung[0] != delays.size()) {
      throw new IllegalStateException(rung[0] + " timers have rung");
    }
    return taken;
  }
}
