package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.client.PubSubClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One test with two clients, in a class of 100, as JUnit runs it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@OperationsPerInvocation(TestClassBenchmark.TESTS)
public class TestClassBenchmark {

  static final int TESTS = 100;

  @WebPubSubTest
  static class WithTheKit {

    @RepeatedTest(TESTS)
    void membersSeeEachOther(
        @Connected(userId = "alice", groups = "room") PubSubClient alice,
        @Connected(userId = "bob", groups = "room") PubSubClient bob) {
      alice.sendToGroup("room", "hi");

      assertThat(bob).receivesText("hi");
    }
  }

  static class ByHand {

    private RawServer server;
    private RawClient alice;
    private RawClient bob;

    @BeforeEach
    void connect() throws Exception {
      server = RawServer.begin();
      alice = RawClient.open(server.uri());
      bob = RawClient.open(server.uri());
      server.arrivals().await(2);
    }

    @RepeatedTest(TESTS)
    void membersSeeEachOther() throws Exception {
      alice.deliver("hi", bob);
    }

    @AfterEach
    void disconnect() throws Exception {
      alice.end();
      bob.end();
      server.close();
    }
  }

  @State(Scope.Benchmark)
  public static class JUnit {
    private final Launcher launcher = LauncherFactory.create();

    private void run(Class<?> tests) {
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(), summary);
      if (summary.getSummary().getTestsSucceededCount() != TESTS) {
        throw new IllegalStateException(
            summary.getSummary().getTestsSucceededCount() + " tests have passed");
      }
    }
  }

  @Benchmark
  public void kit(JUnit junit) {
    junit.run(WithTheKit.class);
  }

  @Benchmark
  public void raw(JUnit junit) {
    junit.run(ByHand.class);
  }
}
