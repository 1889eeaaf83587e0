package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.MockServer;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.benchmark.rival.Rival;
import io.github.webpubsubtestkit.client.PubSubClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Test classes of 100 tests, each with a server of its own, two clients, one message and one
 * assertion: on the kit, and as one writes them by hand on other servers.
 */
final class HundredTests {

  static final int TESTS = 100;

  private HundredTests() {}

  /** Runs a class; all its tests have to pass. */
  static void run(Launcher launcher, Class<?> tests) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(), summary);
    if (summary.getSummary().getTestsSucceededCount() != TESTS) {
      throw new IllegalStateException(
          summary.getSummary().getTestsSucceededCount() + " tests have passed");
    }
  }

  @WebPubSubTest
  static class OnTheKit {

    @RepeatedTest(TESTS)
    void membersSeeEachOther(
        @Connected(userId = "alice", groups = "room") PubSubClient alice,
        @Connected(userId = "bob", groups = "room") PubSubClient bob) {
      alice.sendToGroup("room", "hi");

      assertThat(bob).receivesText("hi");
    }
  }

  /** What JUnit costs alone. */
  static class OnNothing {

    @RepeatedTest(TESTS)
    void doesNothing() {}
  }

  abstract static class ByHand {

    private Rival server;
    private RawClient alice;
    private RawClient bob;

    abstract Rival begin() throws Exception;

    @BeforeEach
    void connect() throws Exception {
      server = begin();
      alice = RawClient.open(server.uri());
      bob = RawClient.open(server.uri());
      server.arrivals().await(2);
    }

    @RepeatedTest(TESTS)
    void membersSeeEachOther() throws Exception {
      expectHi(alice.exchange("hi", bob));
    }

    /** As cheap as can be: without a library for assertions. */
    void expectHi(String received) {
      if (!received.equals("hi")) {
        throw new AssertionError("expected hi but got " + received);
      }
    }

    @AfterEach
    void disconnect() throws Exception {
      alice.end();
      bob.end();
      server.close();
    }
  }

  static class OnRaw extends ByHand {
    @Override
    Rival begin() throws Exception {
      return RawServer.begin();
    }
  }

  /** With the library that the kit's assertions are made of. */
  static class OnRawWithAssertJ extends OnRaw {
    @Override
    void expectHi(String received) {
      assertThat(received).isEqualTo("hi");
    }
  }

  static class OnNetty extends ByHand {
    @Override
    Rival begin() {
      return NettyServer.begin();
    }
  }

  static class OnMockWebServer extends ByHand {
    @Override
    Rival begin() throws Exception {
      return MockServer.begin();
    }
  }

  /** With the library that the kit's assertions are made of. */
  static class OnMockWebServerWithAssertJ extends OnMockWebServer {
    @Override
    void expectHi(String received) {
      assertThat(received).isEqualTo("hi");
    }
  }
}
