package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

@DisplayName("resetBetweenTests()")
class ResetBetweenTestsTest {

  /** Leaves everything that a test can leave, after finding nothing of it. */
  static void findNothingAndLeaveAll(FakeWebPubSub service) {
    assertThat(service).hasConnections(0);
    assertThat(service.requests()).isEmpty();
    assertThat(service.clock().isFrozen()).isFalse();
    PubSubClient alice = service.connect(asUser("alice"));
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("shout", "x"));
    service.eventHandler("hub").onUserEvent(event -> reply("!"));
    service.faults().request(sendToAll()).answer(503);
    service.clock().freeze();
  }

  static class OfTheClass {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().resetBetweenTests().build();

    @RepeatedTest(3)
    void repeated(FakeWebPubSub service) {
      findNothingAndLeaveAll(service);
    }

    @Test
    void withoutParameter() {
      findNothingAndLeaveAll(EXTENSION.service());
    }

    @Nested
    class Inner {
      @Test
      void nested(FakeWebPubSub service) {
        findNothingAndLeaveAll(service);
      }
    }
  }

  private static final WebPubSubExtension SUITE =
      WebPubSubExtension.builder().suiteScoped().resetBetweenTests().build();

  static class First {
    @RegisterExtension static final WebPubSubExtension EXTENSION = SUITE;

    @RepeatedTest(2)
    void test(FakeWebPubSub service) {
      findNothingAndLeaveAll(service);
    }
  }

  @WebPubSubTest
  static class Second {
    @RegisterExtension static final WebPubSubExtension EXTENSION = SUITE;

    @RepeatedTest(2)
    void test(FakeWebPubSub service) {
      findNothingAndLeaveAll(service);
    }
  }

  static class SetUp {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().resetBetweenTests().build();

    @Connected(userId = "bob")
    PubSubClient bob;

    @BeforeEach
    void handler(FakeWebPubSub service, @Connected(userId = "carol") PubSubClient carol) {
      service.eventHandler("hub").onUserEvent(event -> reply("!"));
    }

    @RepeatedTest(2)
    void test(FakeWebPubSub service, @Connected(userId = "dave") PubSubClient dave) {
      assertThat(service).hasConnections(3);
      bob.sendEvent("shout", "x");
      assertThat(bob).receivesText("!");
    }
  }

  static class OverTls {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().fake(FakeWebPubSubBuilder::https).resetBetweenTests().build();

    private static final Set<URI> ENDPOINTS = new HashSet<>();

    @RepeatedTest(2)
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      ENDPOINTS.add(service.endpoint());
      assertThat(ENDPOINTS).hasSize(1).allMatch(each -> each.getScheme().equals("https"));
      assertThat(service).hasConnections(1);
      service.sendToAll("hi");
      assertThat(alice).receivesText("hi");
    }
  }

  static class LostHandlers {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().resetBetweenTests().build();

    @BeforeAll
    static void handler(FakeWebPubSub service) {
      service.eventHandler("hub").onUserEvent(event -> reply("!"));
    }

    @RepeatedTest(2)
    void test(@Connected(userId = "alice") PubSubClient alice) {
      alice.sendEvent("shout", "x");
    }
  }

  static class StaticClient {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().resetBetweenTests().build();

    @Connected(userId = "alice")
    static PubSubClient alice;

    @Test
    void test() {}
  }

  static class ClientOfBeforeAll {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().resetBetweenTests().build();

    @BeforeAll
    static void connect(@Connected(userId = "alice") PubSubClient alice) {}

    @Test
    void test() {}
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Failing {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().resetBetweenTests().build();

    @Test
    void a(FakeWebPubSub service) {
      service.connect(asUser("left over"));
    }

    @Test
    void b() {
      throw new AssertionError("on purpose");
    }
  }

  static class NotReset {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = WebPubSubExtension.builder().build();

    @RepeatedTest(2)
    void test(FakeWebPubSub service) {
      findNothingAndLeaveAll(service);
    }
  }

  @Test
  @DisplayName("gives every test of a class a service as it was built")
  void classScoped() {
    TestRun.of(OfTheClass.class).passes(5);
  }

  @Test
  @ResourceLock(TestRun.SUITE_SCOPED)
  @DisplayName("gives every test of all classes a service as it was built")
  void suiteScoped() {
    TestRun.of(First.class, Second.class).passes(4);
  }

  @Test
  @DisplayName("leaves the clients and handlers of fields, parameters and @BeforeEach alone")
  void ownClients() {
    TestRun.of(SetUp.class).passes(2);
  }

  @Test
  @DisplayName("keeps the port and its TLS")
  void overTls() {
    TestRun.of(OverTls.class).passes(2);
  }

  @Test
  @DisplayName("takes handlers of @BeforeAll away from the first test on, not only from the second")
  void beforeAll() {
    assertThat(TestRun.of(LostHandlers.class).tests()).allMatch(TestRun.Outcome::hasFailed);
  }

  @Test
  @DisplayName("refuses clients of the class, which it would close")
  void clientsOfTheClass() {
    for (Class<?> each : List.of(StaticClient.class, ClientOfBeforeAll.class)) {
      assertThat(TestRun.of(each).failure("ResetBetweenTestsTest$"))
          .hasMessageContaining("would be connected for the whole class, but its service is reset");
    }
  }

  @Test
  @DisplayName("names in the timeline of a failed test what the one before left over")
  void report() {
    assertThat(TestRun.of(Failing.class).outcome("b").reports().get("timeline"))
        .contains("service  --  reset, left over: connection left over#1 in hub hub");
  }

  @Test
  @DisplayName("refuses tests that run at the same time")
  void parallel() {
    FakeHome home = new FakeHome(List.of());
    StoredResource first = home.resetForTest("a() of ATest");

    assertThatThrownBy(() -> home.resetForTest("b() of BTest"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "b() of BTest cannot run at the same time as a() of ATest, because they share a service"
                + " that is reset between tests");
    first.close();
    home.resetForTest("b() of BTest").close();
  }

  @Test
  @DisplayName("is needed: without it the second test finds what the first has left")
  void without() {
    TestRun run = TestRun.of(NotReset.class);

    assertThat(run.tests().get(0).hasSucceeded()).isTrue();
    assertThat(run.tests().get(1).hasFailed()).isTrue();
  }
}
