package io.github.webpubsubtestkit.benchmark;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark that JMH runs in a JVM of its own.
 *
 * @param benchmark class and method
 * @param measures what is taken from it
 * @param warmUpSeconds how long it runs before it is measured
 */
record JmhContender(String benchmark, Measures measures, int warmUpSeconds) implements Contender {

  /** What a benchmark yields. */
  enum Measures {
    /** Its score, in a JVM that is warm. */
    SCORE,
    /** The figure that it has worked out itself. */
    FIGURE
  }

  @Override
  public String name() {
    return benchmark;
  }

  @Override
  public double measure() throws RunnerException {
    RunResult result = new Runner(options()).runSingle();
    Result<?> primary = result.getPrimaryResult();
    return measures == Measures.SCORE
        ? primary.getStatistics().getPercentile(50) // of the iterations: one may have been unlucky
        : result.getSecondaryResults().get("figure").getScore();
  }

  private Options options() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + benchmark.replace(".", "\\.") + "$")
            .forks(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgs("-Xms1g", "-Xmx4g");
    if (measures == Measures.FIGURE) {
      options.warmupIterations(0).measurementIterations(1);
    } else {
      options
          .warmupIterations(1)
          .warmupTime(TimeValue.seconds(warmUpSeconds))
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(300));
    }
    return options.build();
  }
}
