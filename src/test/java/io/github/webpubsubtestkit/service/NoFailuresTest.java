package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.hang;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("assertNoFailures()")
class NoFailuresTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private static AssertionError failureOf(FakeWebPubSub of) {
    return catchThrowableOfType(AssertionError.class, of::assertNoFailures);
  }

  /** Runs code in a callback for an event of a client, and returns what it threw. */
  private Throwable thrownInCallback(PubSubClient client, Consumer<PubSubClient> code) {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    service
        .eventHandler("hub")
        .onUserEvent(
            event -> {
              try {
                code.accept(client);
                thrown.complete(new IllegalArgumentException("nothing was thrown"));
              } catch (RuntimeException | AssertionError e) {
                thrown.complete(e);
              }
              return acknowledge();
            });
    client.sendEvent("bid", "7");
    return thrown.join();
  }

  @Test
  @DisplayName("passes if nothing went wrong, also on a closed fake")
  void passes() {
    service.assertNoFailures();
    service.close();
    service.assertNoFailures();
  }

  @Test
  @DisplayName("waits for callbacks that are running, and reports once")
  void waits() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    service
        .eventHandler("hub")
        .onUserEvent(
            event -> {
              gate.join();
              throw new AssertionError("boom");
            });
    service.connectSimple(asUser("alice")).sendText("x");
    CompletableFuture<Void> checked = CompletableFuture.runAsync(service::assertNoFailures);

    gate.complete(null);

    assertThat(checked)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withMessageContaining(
            "[service] a callback for event \"message\" threw AssertionError: boom");
    service.assertNoFailures();
  }

  @Test
  @DisplayName("close() does not throw for it")
  void closeIsSilent() {
    service
        .eventHandler("hub")
        .onConnected(
            event -> {
              throw new AssertionError("boom");
            });
    service.faults().request(sendToAll()).answer(503);
    service.connectSimple(asUser("alice"));
    service.awaitIdle();

    service.close();

    assertThat(service.timeline()).contains("boom").contains("fault not met");
  }

  @Test
  @DisplayName("reports exceptions on threads of the kit")
  void threadsOfTheKit() throws Exception {
    EngineConfig config = EngineConfig.builder().build();
    Engine engine = Engine.start(config);
    try (FakeWebPubSub fake =
        new FakeWebPubSub(
            engine,
            "hub",
            ObjectMapping.ofClassPath(),
            WaitTimes.ofSystem(null),
            Map.of(),
            false)) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      engine
          .loop()
          .execute(
              () -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {}); // quiet
                engine.loop().report(new IllegalStateException("a bug"));
                done.complete(null);
              });
      done.join();

      assertThat(failureOf(fake))
          .hasMessageStartingWith(
              "[service] an exception on a thread of the kit:"
                  + " java.lang.IllegalStateException: a bug\n")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  @DisplayName("a client whose event hangs is closed without waiting for an answer")
  void hangingEvent() {
    service.eventHandler("hub").onUserEvent(event -> hang());
    SimpleClient alice = service.connectSimple(asUser("alice"));
    alice.sendText("x");

    alice.close();
    service.assertNoFailures();

    assertThat(service.timeline())
        .contains("an event hangs, so the service does not answer the close frame: TCP reset")
        .doesNotContain("did not close in time");
  }

  @Test
  @DisplayName("a callback that waits for the client whose event it answers is told so at once")
  void waitsForItself() {
    PubSubClient alice = service.connect(asUser("alice"));

    assertThat(thrownInCallback(alice, client -> client.joinGroup("room")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "[alice] joinGroup in the callback for event \"bid\" of the same client would wait for"
                + " itself")
        .hasMessageContaining("service.addConnectionToGroup(..)");
    service.assertNoFailures();
  }

  @Test
  @DisplayName("a callback that waits for the service, or closes it, is told so at once")
  void waitsForTheService() {
    PubSubClient alice = service.connect(asUser("alice"));

    assertThat(thrownInCallback(alice, client -> service.awaitIdle()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of event \"bid\"");
    service.eventHandlers("hub");
    assertThat(thrownInCallback(alice, client -> assertThat(client).receivesNoMessage()))
        .isInstanceOf(IllegalStateException.class);
    service.eventHandlers("hub");
    assertThat(thrownInCallback(alice, client -> service.assertNoFailures()))
        .isInstanceOf(IllegalStateException.class);
    service.eventHandlers("hub");
    assertThat(thrownInCallback(alice, client -> service.close()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("close() in a callback would wait for that callback");
    service.assertNoFailures();
  }

  @Test
  @DisplayName("a callback may use other clients, and close its own")
  void mayDo() {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    service
        .eventHandler("hub")
        .onConnected(event -> bob.joinGroup("connected"))
        .onUserEvent(
            event -> {
              bob.joinGroup("room");
              alice.close();
              return acknowledge();
            });
    service.connectSimple(anonymous());

    alice.sendRaw("{\"type\":\"event\",\"event\":\"bid\",\"dataType\":\"text\",\"data\":\"7\"}");

    assertThat(alice).isClosed();
    service.assertNoFailures();
    assertThat(service).hasGroupMember("room", "bob");
  }

  // ---- strays

  @Test
  @DisplayName("a violation of the protocol by the application's client fails under strict() only")
  void violation() {
    try (FakeWebPubSub strict = FakeWebPubSub.builder().strict().build()) {
      violate(service);
      violate(strict);

      service.assertNoFailures();
      assertThat(failureOf(strict))
          .hasMessageStartingWith("[service] client app#1 violated the protocol, closed with 1007");
      PubSubClient alice = service.connect(asUser("alice"));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(alice).hasReceivedText("x"))
          .withMessageContaining("also: ")
          .withMessageContaining("client app#1 violated the protocol");
    }
  }

  private static void violate(FakeWebPubSub of) {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket app =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("json.webpubsub.azure.v1")
            .buildAsync(
                of.clientUrl(asUser("app")),
                new WebSocket.Listener() {
                  @Override
                  public CompletableFuture<Void> onClose(
                      WebSocket webSocket, int statusCode, String reason) {
                    closed.complete(statusCode);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .join();
    app.sendText("no JSON", true).join();
    assertThat(closed.join()).isPositive();
  }

  @Test
  @DisplayName("what a client of the test does by sendRaw is meant")
  void rawViolation() {
    try (FakeWebPubSub strict = FakeWebPubSub.builder().strict().build()) {
      PubSubClient alice = strict.connect(asUser("alice"));
      alice.sendRaw("no JSON");
      assertThat(alice).isClosed();
      strict.assertNoFailures();
    }
  }

  @Test
  @DisplayName("a client of another service is named, and fails under strict()")
  void foreignClient() {
    try (FakeWebPubSub strict = FakeWebPubSub.builder().strict().build()) {
      PubSubClient alice = strict.connect(service.clientUrl(asUser("alice")));

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(strict).hasUser("alice"))
          .withMessageContaining("a client connects to ws://" + service.endpoint().getAuthority());
      assertThat(failureOf(strict))
          .hasMessageStartingWith(
              "[service] a client connects to ws://"
                  + service.endpoint().getAuthority()
                  + ", not to this service\n");
      alice.close();
    }
  }

  @Test
  @DisplayName("a negative ack that no assertion looks at fails under strict() only")
  void unseenAck() {
    String join = "{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":%d}";
    try (FakeWebPubSub strict = FakeWebPubSub.builder().strict().build()) {
      PubSubClient alice = strict.connect(asUser("alice").withoutRoles());
      alice.sendRaw(join.formatted(1));
      assertThat(alice).receivesAck(1);
      strict.assertNoFailures();

      alice.sendRaw(join.formatted(2));
      assertThat(alice).receivesNoMessage();
      assertThat(failureOf(strict))
          .hasMessageStartingWith(
              "[service] no assertion has looked at a negative ack of client alice: ");
    }
    PubSubClient bob = service.connect(asUser("bob").withoutRoles());
    bob.sendRaw(join.formatted(1));
    assertThat(bob).receivesNoMessage();
    service.assertNoFailures();
  }

  // ---- resets

  @Test
  @DisplayName("a reset loses no exception of a callback, nor being strict, and goes on counting")
  void reset() {
    try (FakeWebPubSub strict = FakeWebPubSub.builder().strict().build()) {
      strict
          .eventHandler("hub")
          .onUserEvent(
              event -> {
                throw new AssertionError("boom");
              });
      strict.connectSimple(asUser("alice")).sendText("x");
      strict.awaitIdle();
      long mark = strict.failures().mark();

      strict.reset();

      assertThat(strict.failures().check(mark, false)).isEmpty();
      assertThat(failureOf(strict))
          .hasMessageStartingWith("[service] a callback for event \"message\" threw ")
          .hasMessageContaining("before the service was reset");
      strict.assertNoFailures();
      strict.eventHandler("hub").onUserEvent(event -> acknowledge());
      strict.reset();
      PubSubClient bob = strict.connect(asUser("bob").withoutRoles());
      bob.sendRaw("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":1}");
      assertThat(bob).receivesNoMessage();
      assertThat(strict.failures().check(mark, false)).isPresent();
    }
  }

  @Test
  @DisplayName("a reset does not show what the builder hides from the timeline")
  void display() {
    try (FakeWebPubSub masked =
        FakeWebPubSub.builder()
            .timeline(timeline -> timeline.display(text -> text.replace("secret", "***")))
            .build()) {
      masked.reset();

      masked.sendToAll("the secret");

      assertThat(masked.timeline()).contains("the ***").doesNotContain("secret");
    }
  }

  // ---- leaks

  @Test
  @DisplayName("a fake that nobody has closed is named in the timeline of the next")
  void neverClosed() throws Exception {
    Leftovers leftovers = new Leftovers();
    Engine lost = Engine.start(EngineConfig.builder().build());
    Engine next = Engine.start(EngineConfig.builder().build());
    try {
      assertThat(leftovers.track(service, lost::close).enqueue()).isTrue();
      leftovers.track(service, lost::close).closed();
      leftovers.add("something else");

      leftovers.reportTo(next);

      assertThat(next.timeline().print())
          .contains("something else")
          .containsOnlyOnce("a service was never closed, started at ")
          .contains(NoFailuresTest.class.getName() + ".neverClosed(");
      assertThat(next.troubles(null, Duration.ZERO))
          .anyMatch(line -> line.contains("a service was never closed"));
      assertThat(lost.loop().execute(() -> {})).as("the lost one is closed").isFalse();
    } finally {
      lost.close();
      next.close();
    }
  }
}
