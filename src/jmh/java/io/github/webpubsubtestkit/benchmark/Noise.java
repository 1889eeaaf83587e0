package io.github.webpubsubtestkit.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How much of the processors others take. A fixed piece of arithmetic runs again and again, on each
 * processor at once; the noise is how much longer it took on average than the fastest piece since
 * the start: 0 on an idle machine, 1 if a neighbour takes half of each processor.
 */
final class Noise {

  static final String LEGEND =
      """
      Noise: how much longer a fixed loop on each processor took than at its fastest, before and after \
      each measurement. Above 30 % no row is judged: repeat it on a quieter machine.""";

  private static final double TOO_MUCH = 0.3;
  private static final int PIECES = 40;
  private static final int STEPS = 1_000_000;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private double fastest = Double.POSITIVE_INFINITY;

  Noise() throws Exception {
    for (int i = 0; i < 5; i++) {
      pieces(); // compiled by now
    }
  }

  /** Measures for a tenth of a second. */
  double measure() throws Exception {
    double[] pieces = pieces();
    fastest = Math.min(fastest, Arrays.stream(pieces).min().orElseThrow());
    return Arrays.stream(pieces).average().orElseThrow() / fastest - 1;
  }

  private double[] pieces() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(processors);
    try {
      List<Callable<double[]>> tasks = new ArrayList<>();
      for (int i = 0; i < processors; i++) {
        tasks.add(Noise::onOne);
      }
      List<double[]> all = new ArrayList<>();
      for (Future<double[]> each : threads.invokeAll(tasks)) {
        all.add(each.get());
      }
      return all.stream().flatMapToDouble(Arrays::stream).toArray();
    } finally {
      threads.shutdown();
    }
  }

  private static double[] onOne() {
    double[] nanos = new double[PIECES];
    long value = 1;
    for (int i = 0; i < PIECES; i++) {
      long start = System.nanoTime();
      for (int step = 0; step < STEPS; step++) {
        value = value * 6364136223846793005L + 1442695040888963407L;
      }
      nanos[i] = System.nanoTime() - start + (value == 0 ? 1 : 0); // or the loop would go
    }
    return nanos;
  }

  static boolean isTooMuch(double noise) {
    return noise > TOO_MUCH;
  }

  static String describe(double noise) {
    return Math.round(noise * 100) + " %";
  }
}
