package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.hang;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.conformance.TestTokens;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

@DisplayName("What goes wrong outside of a test's assertions fails the test")
class FailureCheckTest {

  // ---- callbacks

  @Test
  @DisplayName("an assertion in a callback fails, with its exception and the line of the test")
  void callbacks() {
    TestRun run = TestRun.of(Callbacks.class);

    assertThat(run.failure("unnoticedAssertion"))
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "[service] a callback for event \"message\" threw AssertionFailedError: "
                + "expected: \"expected\" but was: \"something else\"\n")
        .hasMessageContaining("thrown at " + Callbacks.class.getName() + ".lambda$")
        .hasMessageContaining("user event")
        .hasMessageContaining("expectingFailures()")
        .hasCauseInstanceOf(AssertionError.class);
    assertThat(run.failure("unnoticedOfConnected"))
        .hasMessageStartingWith(
            "[service] a callback for event \"connected\" threw AssertionError: boom\n");
    assertThat(run.failure("justBeforeTheEnd"))
        .hasMessageStartingWith("[service] a callback for event \"message\" threw ");
    assertThat(run.failure("onceForAllRetries").getMessage())
        .startsWith("[service] a callback for event \"e\" threw IllegalStateException: bug\n")
        .containsOnlyOnce("bug");
    assertThat(run.failure("nullAnswer"))
        .hasMessageContaining("the callback returned null; return acknowledge() or accept()");
  }

  @Test
  @DisplayName("if the test fails anyway, it is a suppressed exception")
  void suppressed() {
    Throwable failure = TestRun.of(Callbacks.class).failure("failsAnyway");

    assertThat(failure).hasMessage("on purpose");
    assertThat(failure.getSuppressed())
        .extracting(Throwable::getMessage)
        .anyMatch(text -> text.startsWith("[service] a callback for event \"message\" threw "));
  }

  @Test
  @DisplayName("what is meant does not fail, and an aborted test stays aborted")
  void meant() {
    TestRun run = TestRun.of(Callbacks.class);

    assertThat(run.outcome("meant").hasSucceeded()).isTrue();
    assertThat(run.outcome("answersWithFailures").hasSucceeded()).isTrue();
    assertThat(run.outcome("hangs").hasSucceeded()).isTrue();
    assertThat(run.outcome("aborted").hasFailed()).isFalse();
    assertThat(run.outcome("aborted").hasSucceeded()).isFalse();
  }

  @Test
  @DisplayName("the timeline is attached; a green test reports nothing")
  void reports() {
    TestRun run = TestRun.of(Callbacks.class);

    assertThat(run.outcome("unnoticedAssertion").reports().get("timeline")).contains("threw");
    assertThat(run.outcome("meant").reports()).isEmpty();
  }

  @WebPubSubTest
  static class Callbacks {

    @Test
    void unnoticedAssertion(FakeWebPubSub service, @Connected SimpleClient client) {
      expectText(service);
      client.sendText("something else");
      assertThat(client).receivesNoMessage();
    }

    @Test
    void unnoticedOfConnected(FakeWebPubSub service) {
      service
          .eventHandler("hub")
          .onConnected(
              event -> {
                throw new AssertionError("boom");
              });
      service.connectSimple(asUser("q"));
      service.awaitIdle();
    }

    @Test
    void justBeforeTheEnd(FakeWebPubSub service, @Connected SimpleClient client) {
      expectText(service);
      client.sendText("something else");
    }

    @Test
    void onceForAllRetries(FakeWebPubSub service, @Connected PubSubClient client) {
      service
          .eventHandler("hub")
          .onUserEvent(
              event -> {
                throw new IllegalStateException("bug");
              });
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> client.sendEvent("e", "x"));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullAnswer(FakeWebPubSub service, @Connected SimpleClient client) {
      service.eventHandler("hub").onUserEvent(event -> null);
      client.sendText("x");
    }

    @Test
    void failsAnyway(FakeWebPubSub service, @Connected SimpleClient client) {
      expectText(service);
      client.sendText("something else");
      throw new IllegalStateException("on purpose");
    }

    @Test
    void meant(FakeWebPubSub service, @Connected SimpleClient client) {
      service
          .eventHandler("hub")
          .recording()
          .expectingFailures()
          .onUserEvent(
              event -> {
                throw new IllegalStateException("on purpose");
              });
      client.sendText("x");
      assertThat(client).isClosed();
    }

    @Test
    void answersWithFailures(FakeWebPubSub service, @Connected PubSubClient client) {
      service.eventHandler("hub").onUserEvent(event -> fail(500));
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> client.sendEvent("e", "x"));
    }

    @Test
    void hangs(FakeWebPubSub service, @Connected SimpleClient client) {
      service.eventHandler("hub").onUserEvent(event -> hang());
      client.sendText("x");
    }

    @Test
    void aborted(FakeWebPubSub service, @Connected SimpleClient client) {
      expectText(service);
      client.sendText("something else");
      Assumptions.abort("not here");
    }

    private static void expectText(FakeWebPubSub service) {
      service
          .eventHandler("hub")
          .onUserEvent(
              event -> {
                assertThat(event.text()).isEqualTo("expected");
                return acknowledge();
              });
    }
  }

  // ---- faults

  @Test
  @DisplayName("a fault that was not met, or not finished, fails, with the line that ordered it")
  void faults() {
    TestRun run = TestRun.of(FaultsOfMethods.class);

    assertThat(run.failure("notFinished"))
        .hasMessageStartingWith("[service] fault not finished: sendToAll()\n")
        .hasMessageContaining("ordered at " + FaultsOfMethods.class.getName() + ".notFinished(")
        .hasMessageEndingWith("call answer(status), delay(time), drop(), dropAnswer() or hang()");
    assertThat(run.failure("notMet"))
        .hasMessageStartingWith("[service] fault not met: 503 for sendToAll(), met 0 of 1 times\n");
    assertThat(run.failure("metTwice"))
        .hasMessageStartingWith("[service] fault not met: 503 for sendToAll(), met 2 of 3 times\n");
    assertThat(run.failure("alwaysButNever"))
        .hasMessageStartingWith(
            "[service] fault not met: 503 for sendToAll(), met 0 times, ordered for all\n");
    assertThat(run.failure("several").getMessage())
        .startsWith("[service] fault not finished: sendToAll()\n")
        .contains("\n  and fault not met: connection dropped for sendToAll()");
    assertThat(run.failure("cannotBeMet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can only be met by connected clients: use faults().ack(..)");
    assertThat(run.outcome("always").hasSucceeded()).isTrue();
    assertThat(run.outcome("lenient").hasSucceeded()).isTrue();
    assertThat(run.failure("lenientWithoutEffect").getMessage())
        .startsWith("[service] fault not finished: sendToAll()\n");
    assertThat(run.outcome("takenBack").hasSucceeded()).isTrue();
    assertThat(run.outcome("aborted").hasFailed()).isFalse();
  }

  @Test
  @DisplayName("a fault of a service that tests share fails no test")
  void faultsOfSharedServices() {
    TestRun.of(FaultsOfClass.class).passes(1);
  }

  @WebPubSubTest
  static class FaultsOfMethods {

    @Test
    void notFinished(FakeWebPubSub service) {
      service.faults().request(sendToAll());
      service.sendToAll("x");
    }

    @Test
    void notMet(FakeWebPubSub service) {
      service.faults().request(sendToAll()).answer(503);
      service.sendToAll("x");
    }

    @Test
    void metTwice(FakeWebPubSub service) throws Exception {
      service.faults().request(sendToAll()).answer(503).times(3);
      assertThat(broadcast(service)).isEqualTo(503);
      assertThat(broadcast(service)).isEqualTo(503);
    }

    @Test
    void alwaysButNever(FakeWebPubSub service) {
      service.faults().request(sendToAll()).answer(503).always();
    }

    @Test
    void several(FakeWebPubSub service) {
      service.faults().request(sendToAll());
      service.faults().request(sendToAll()).drop();
    }

    @Test
    void cannotBeMet(FakeWebPubSub service, @Connected PubSubClient client) {
      service.faults().request(joinGroup("x")).answer(503);
      client.joinGroup("x");
    }

    @Test
    void always(FakeWebPubSub service) throws Exception {
      service.faults().request(sendToAll()).answer(503).always();
      for (int i = 0; i < 3; i++) {
        assertThat(broadcast(service)).isEqualTo(503);
      }
    }

    @Test
    void lenient(FakeWebPubSub service) {
      service.faults().request(sendToAll()).answer(503).times(2).lenient();
    }

    @Test
    void lenientWithoutEffect(FakeWebPubSub service) {
      service.faults().request(sendToAll()).lenient();
    }

    @Test
    void takenBack(FakeWebPubSub service) {
      service.faults().request(sendToAll()).answer(503);
      service.faults().request(sendToAll());
      service.faults().clear();
    }

    @Test
    void aborted(FakeWebPubSub service) {
      service.faults().request(sendToAll()).answer(503);
      Assumptions.abort("not here");
    }
  }

  static class FaultsOfClass {
    @RegisterExtension
    static final WebPubSubExtension shared = WebPubSubExtension.builder().build();

    @Test
    void notMet(FakeWebPubSub service) {
      service.faults().request(sendToAll()).answer(503);
    }
  }

  private static int broadcast(FakeWebPubSub service) throws Exception {
    String target = service.endpoint() + "/api/hubs/hub/:send?api-version=2024-12-01";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target))
            .header(
                "Authorization",
                "Bearer " + TestTokens.forUrl(target).signedBy(service.accessKey()))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  // ---- shared services

  @Test
  @DisplayName("a shared service reports at the test during which it happened")
  void sharedService() {
    TestRun run = TestRun.of(SharedService.class);

    assertThat(run.outcome("one").hasSucceeded()).isTrue();
    assertThat(run.failure("two")).hasMessageStartingWith("[service] a callback for event ");
    assertThat(run.outcome("three").hasSucceeded()).isTrue();
    assertThat(run.outcome("FailureCheckTest$SharedService").hasSucceeded()).isTrue();
  }

  @Test
  @DisplayName("what happens after the last test is reported at the end of the class")
  void afterAll() {
    TestRun run = TestRun.of(AtTheVeryEnd.class);

    assertThat(run.outcome("passes").hasSucceeded()).isTrue();
    assertThat(run.failure("FailureCheckTest$AtTheVeryEnd"))
        .hasMessageStartingWith("[service] a callback for event \"message\" threw AssertionError");
    assertThat(run.outcome("FailureCheckTest$AtTheVeryEnd").reports()).containsKey("timeline");
  }

  @Test
  @ResourceLock(TestRun.SUITE_SCOPED)
  @DisplayName("the end of a suite-scoped service fails nothing")
  void suiteScoped() {
    TestRun run = TestRun.of(SuiteScoped.class);

    assertThat(run.outcome("passes").hasSucceeded()).isTrue();
    assertThat(run.outcome("FailureCheckTest$SuiteScoped").hasSucceeded()).isTrue();
    assertThat(run.failure("fails")).hasMessageStartingWith("[service] a callback for event ");
  }

  private static void failingCallback(FakeWebPubSub service, String user) {
    service
        .eventHandler("hub")
        .onUserEvent(
            event -> {
              throw new AssertionError("boom");
            });
    try (SimpleClient client = service.connectSimple(asUser(user))) {
      client.sendText("x");
      assertThat(client).isClosed();
    }
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class SharedService {
    @RegisterExtension
    static final WebPubSubExtension shared = WebPubSubExtension.builder().build();

    @Test
    @Order(1)
    void one(FakeWebPubSub service) {
      service.sendToAll("x");
    }

    @Test
    @Order(2)
    void two(FakeWebPubSub service) {
      failingCallback(service, "two");
    }

    @Test
    @Order(3)
    void three(FakeWebPubSub service) {
      service.sendToAll("x");
    }
  }

  static class AtTheVeryEnd {
    @RegisterExtension
    static final WebPubSubExtension shared = WebPubSubExtension.builder().build();

    @Test
    void passes(FakeWebPubSub service) {
      service.sendToAll("x");
    }

    @AfterAll
    static void afterwards() {
      failingCallback(shared.service(), "afterwards");
    }
  }

  static class SuiteScoped {
    @RegisterExtension
    static final WebPubSubExtension shared = WebPubSubExtension.builder().suiteScoped().build();

    @Test
    void passes(FakeWebPubSub service) {
      service.sendToAll("x");
    }

    @Test
    void fails(FakeWebPubSub service) {
      failingCallback(service, "fails");
    }

    @AfterAll
    static void afterwards() {
      failingCallback(shared.service(), "afterwards");
    }
  }

  // ---- leaks and strays

  @Test
  @DisplayName(
      "a connection that a test leaves open in a shared service is named by later failures")
  void connectionLeftOpen() {
    TestRun run = TestRun.of(LeavesOpen.class);

    assertThat(run.outcome("one").hasSucceeded()).isTrue();
    assertThat(run.failure("two"))
        .hasMessageContaining("also: ")
        .hasMessageContaining(
            "test one(FakeWebPubSub) has left a connection open: user \"left\" in hub hub");
    assertThat(run.outcome("two").reports().get("timeline"))
        .contains("test one(FakeWebPubSub) has left a connection open");
  }

  @Test
  @DisplayName("under strict() it fails the test")
  void connectionLeftOpenUnderStrict() {
    TestRun run = TestRun.of(LeavesOpenStrictly.class);

    assertThat(run.failure("one"))
        .hasMessageStartingWith("[service] test one(FakeWebPubSub) has left a connection open: ");
    assertThat(run.outcome("two").hasSucceeded()).as("%s", run.outcome("two")).isTrue();
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class LeavesOpen {
    @RegisterExtension
    static final WebPubSubExtension shared = WebPubSubExtension.builder().build();

    @Test
    @Order(1)
    void one(FakeWebPubSub service) {
      application(service, "left");
    }

    @Test
    @Order(2)
    void two(@Connected(userId = "alice") SimpleClient alice) {
      assertThat(alice).hasReceivedText("x");
    }
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class LeavesOpenStrictly {
    @RegisterExtension
    static final WebPubSubExtension shared =
        WebPubSubExtension.builder().fake(FakeWebPubSubBuilder::strict).build();

    @Test
    @Order(1)
    void one(FakeWebPubSub service) {
      application(service, "left");
    }

    @Test
    @Order(2)
    void two(FakeWebPubSub service) {
      application(service, "closed").abort();
    }
  }

  private static WebSocket application(FakeWebPubSub service, String user) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(service.clientUrl(asUser(user)), new WebSocket.Listener() {})
        .join();
  }

  // ---- contradictions

  @Test
  @DisplayName("two default hubs are refused")
  void twoHubs() {
    TestRun run = TestRun.of(TwoHubs.class, SameHub.class);

    assertThat(run.failure("client"))
        .hasMessageContaining("the class has @WebPubSubTest(hub = \"one\")")
        .hasMessageContaining("the WebPubSubExtension has the default hub \"two\"")
        .hasMessageContaining("fake -> fake.defaultHub(\"one\")");
    assertThat(run.outcome("same").hasSucceeded()).isTrue();
  }

  @WebPubSubTest(hub = "one")
  static class TwoHubs {
    @RegisterExtension
    static final WebPubSubExtension shared =
        WebPubSubExtension.builder().fake(fake -> fake.defaultHub("two")).build();

    @Test
    void client(@Connected(userId = "a") PubSubClient a) {}
  }

  @WebPubSubTest(hub = "ONE")
  static class SameHub {
    @RegisterExtension
    static final WebPubSubExtension shared =
        WebPubSubExtension.builder().fake(fake -> fake.defaultHub("one")).build();

    private @Nullable FakeWebPubSub service;

    @BeforeEach
    void remember(FakeWebPubSub injected) {
      service = injected;
    }

    @Test
    void same(@Connected(userId = "a") PubSubClient a) {
      assertThat(service).isSameAs(shared.service());
      assertThat(shared.service()).hasUser("a");
    }
  }
}
