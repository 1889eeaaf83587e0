package io.github.webpubsubtestkit.benchmark.work;

import java.util.Arrays;

/**
 * Two works in turns in one JVM. What a thread costs that has to be woken changes from one minute
 * to the next on a virtual machine, by more than the works differ; neighbours in time share it.
 */
final class Alternating {

  /** Something with a beginning and an end, of which the time between them is not measured. */
  interface Work extends AutoCloseable {

    /** What is measured, once. */
    void once() throws Exception;
  }

  /** Makes a fresh one for each slice. */
  interface Beginning {
    Work begin() throws Exception;
  }

  /** So often is a work done in each slice of time. */
  private static final int TIMES = 1_000;

  private Alternating() {}

  /**
   * How many times as long as the baseline a work takes: the median of all neighbours, each the
   * median of its slice.
   */
  static double ratio(int warmUps, int pairs, Beginning work, Beginning baseline) throws Exception {
    double[] ratios = new double[pairs];
    for (int i = -warmUps; i < pairs; i++) {
      boolean workFirst = (i & 1) == 0;
      double first = slice(workFirst ? work : baseline);
      double second = slice(workFirst ? baseline : work);
      if (i >= 0) {
        ratios[i] = workFirst ? first / second : second / first;
      }
    }
    Arrays.sort(ratios);
    return ratios[pairs / 2];
  }

  private static double slice(Beginning beginning) throws Exception {
    long[] nanos = new long[TIMES];
    try (Work work = beginning.begin()) {
      for (int i = 0; i < TIMES; i++) {
        long start = System.nanoTime();
        work.once();
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[TIMES / 2];
  }
}
