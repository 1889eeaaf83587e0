package io.github.webpubsubtestkit.benchmark.work;

import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One test with two clients, in a class of 100, as JUnit runs it in a warm JVM. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@OperationsPerInvocation(HundredTests.TESTS)
public class TestClassBenchmark {

  @State(Scope.Benchmark)
  public static class JUnit {
    private final Launcher launcher = LauncherFactory.create();

    private void run(Class<?> tests) {
      HundredTests.run(launcher, tests);
    }
  }

  @Benchmark
  public void kit(JUnit junit) {
    junit.run(HundredTests.OnTheKit.class);
  }

  @Benchmark
  public void raw(JUnit junit) {
    junit.run(HundredTests.OnRaw.class);
  }

  @Benchmark
  public void netty(JUnit junit) {
    junit.run(HundredTests.OnNetty.class);
  }

  @Benchmark
  public void mockWebServer(JUnit junit) {
    junit.run(HundredTests.OnMockWebServer.class);
  }
}
