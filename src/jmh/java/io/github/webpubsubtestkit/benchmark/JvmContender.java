package io.github.webpubsubtestkit.benchmark;

import io.github.webpubsubtestkit.benchmark.work.ChildJvm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM that starts, does the work and says so.
 *
 * @param main its class
 * @param argument its arguments, separated by blanks
 * @param jvms how many JVMs are started one after another, of which the median counts
 * @param measures what is taken from it
 */
record JvmContender(Class<?> main, String argument, int jvms, Measures measures)
    implements Contender {

  /** What a JVM yields. */
  enum Measures {
    /** Milliseconds from its start until it has done its work. */
    TIME,
    /** Milliseconds of processor time of all its threads until then. */
    PROCESSOR_TIME
  }

  /** The processor times of the JVMs whose time was measured last, by their names. */
  private static final Map<String, Double> PROCESSOR_TIMES = new HashMap<>();

  static Contender time(Class<?> main, String argument, int jvms) {
    return new JvmContender(main, argument, jvms, Measures.TIME);
  }

  /** The processor time of the JVMs whose time the same round has measured. */
  static Contender processorTime(Class<?> main, String argument, int jvms) {
    return new JvmContender(main, argument, jvms, Measures.PROCESSOR_TIME);
  }

  @Override
  public String name() {
    return command() + (measures == Measures.TIME ? "" : ", CPU");
  }

  private String command() {
    return (main.getSimpleName() + " " + argument).strip();
  }

  @Override
  public double measure() throws Exception {
    Double known = PROCESSOR_TIMES.remove(command());
    if (measures == Measures.PROCESSOR_TIME && known != null) {
      return known;
    }
    List<Double> times = new ArrayList<>();
    List<Double> processorTimes = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      long start = System.nanoTime();
      try (ChildJvm child = ChildJvm.start(main, argument.split(" "))) {
        child.awaitDone();
        times.add((System.nanoTime() - start) / 1e6);
        processorTimes.add(child.processorTime().toNanos() / 1e6);
      }
    }
    double processorTime = Table.median(processorTimes);
    if (measures == Measures.PROCESSOR_TIME) {
      return processorTime;
    }
    PROCESSOR_TIMES.put(command(), processorTime);
    return Table.median(times);
  }
}
