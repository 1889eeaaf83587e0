package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.accept;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.reject;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static io.github.webpubsubtestkit.handler.EventAnswer.replyBinary;
import static io.github.webpubsubtestkit.handler.EventAnswer.replyJson;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A test answers for the application, in process, and the service behaves as with a real one. */
class EventHandlerStubTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aTestAnswersForTheApplication() {
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onConnect(
                event ->
                    event.query("ticket").isEmpty()
                        ? reject(401)
                        : accept().userId("alice").groups("room"))
            .onUserEvent("shout", event -> reply(event.text().toUpperCase(Locale.ROOT)));

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(anonymous()))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    PubSubClient alice = service.connect(anonymous().query("ticket", "7"));
    alice.sendEvent("shout", "hi");

    assertThat(alice).receivesText("HI");
    assertThat(service).hasGroupMember("room", "alice");
    assertThat(handler).receivesEvents("connect", "connect", "connected", "shout");
  }

  @Test
  void acceptedClientsGetWhatTheAnswerSays() {
    service
        .eventHandler("hub")
        .onConnect(
            event ->
                accept()
                    .userId("bob")
                    .roles("webpubsub.joinLeaveGroup.open")
                    .groups("g1", "g2")
                    .subprotocol(event.subprotocols().get(0))
                    .state("s0"));
    PubSubClient client = service.connect(asUser("alice").roles("webpubsub.joinLeaveGroup"));

    client.joinGroup("open");
    assertThatExceptionOfType(AckFailedException.class).isThrownBy(() -> client.joinGroup("vip"));
    assertThat(service.users()).containsExactly("bob");
    assertThat(service.groupMembers("g1")).containsExactly("bob");
    assertThat(service.groupMembers("g2")).containsExactly("bob");
  }

  @Test
  void connectTellsWhatTheClientSaid() {
    EventHandlerStub handler = service.eventHandler("hub").recording();
    service.connect(asUser("alice").roles("r1", "r2").query("room", "a").tokenInHeader());

    assertThat(handler).receivesEvent("connect").isFromUser("alice").hasNoState();
    ConnectEvent event = (ConnectEvent) handler.events().get(0);
    assertThat(event.query("room")).containsExactly("a");
    assertThat(event.query()).doesNotContainKey("access_token");
    assertThat(event.claim("sub")).containsExactly("alice");
    assertThat(event.claim("role")).containsExactly("r1", "r2");
    assertThat(event.claims()).containsKeys("sub", "role", "aud");
    assertThat(event.subprotocols()).containsExactly("json.webpubsub.azure.v1");
    assertThat(event.clientHeader("upgrade")).contains("websocket");
    assertThat(event.clientHeader("Authorization")).isEmpty();
    assertThat(event.clientHeaders()).containsKey("Host");
    assertThat(event.isSystemEvent()).isTrue();
    assertThat(event.eventId()).isZero();
    assertThat(event.hub()).isEqualTo("hub");
    assertThat(event.subprotocol()).isEmpty();
    assertThat(event.header("ce-signature").orElseThrow()).startsWith("sha256=");
  }

  @Test
  void repliesOfAllKindsReachTheSender() {
    service
        .eventHandler("hub")
        .onUserEvent("json", event -> replyJson(Map.of("n", 1)))
        .onUserEvent("binary", event -> replyBinary(new byte[] {1, 2}))
        .onUserEvent("text", event -> reply("yo").metadata("Trace", "7"))
        .onUserEvent(event -> acknowledge());
    PubSubClient alice = service.connect(asUser("alice"));

    alice.sendEvent("json", "x");
    alice.sendEvent("binary", "x");
    alice.sendEvent("text", "x");
    alice.sendEvent("other", "x");

    assertThat(alice).receivesMessage().isFromServer().hasJson("{\"n\":1}");
    assertThat(alice).receivesMessage().hasBinary(new byte[] {1, 2});
    assertThat(alice).receivesMessage().hasText("yo").hasMetadata("trace", "7");
    assertThat(alice).receivesNoMessage();
  }

  @Test
  void stateComesBackWithEachLaterEvent() {
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onConnect(event -> accept().state("new"))
            .onUserEvent("next", event -> acknowledge().state("second"));
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendEvent("next", "1");
    alice.sendEvent("next", "2");
    alice.close();

    assertThat(handler).receivesEvent("connect").hasNoState();
    assertThat(handler).receivesEvent("connected").hasState("new");
    assertThat(handler).receivesEvent("next").hasText("1").hasState("new");
    assertThat(handler).receivesEvent("next").hasText("2").hasState("second");
    assertThat(handler).receivesEvent("disconnected").hasState("second");
  }

  @Test
  void simpleClientsSendTheEventMessage() {
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent("message", event -> reply("echo " + event.text()));
    SimpleClient alice = service.connectSimple(asUser("alice"));
    alice.sendText("hi");

    assertThat(alice).receivesText("echo hi");
    assertThat(handler).receivesEvent("message").hasText("hi").isFromUser("alice");
  }

  @Test
  void failuresAreTriedAgainAndThenAcknowledgedNegatively() {
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onUserEvent("e500", event -> fail(500))
            .onUserEvent("e400", event -> fail(400))
            .onUserEvent("reset", event -> EventAnswer.breakConnection());
    PubSubClient alice = service.connect(asUser("alice"));

    for (String name : List.of("e500", "e400", "reset")) {
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> alice.sendEvent(name, "x"))
          .satisfies(e -> assertThat(e.errorName()).isEqualTo("InternalServerError"));
    }
    assertThat(handler.events())
        .extracting(HandlerEvent::name)
        .containsExactly(
            "connect",
            "connected",
            "e500",
            "e500",
            "e500",
            "e500",
            "e400",
            "reset",
            "reset",
            "reset",
            "reset");
  }

  @Test
  void aHandlerThatHangsIsGivenUpWhenItsTimeIsOver() {
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent("message", event -> EventAnswer.hang());
    SimpleClient alice = service.connectSimple(asUser("alice"));
    alice.sendText("hi");
    assertThat(handler).receivesEvent("message");

    service.clock().advanceBy(ofSeconds(100));

    assertThat(alice).within(ofSeconds(5)).isClosed().hasCode(1011);
  }

  @Test
  void aDelayedAnswerKeepsOnlyItsOwnConnectionWaiting() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    service
        .eventHandler("hub")
        .onUserEvent(
            "slow",
            event -> {
              asked.countDown();
              return reply("done").after(ofSeconds(10));
            })
        .onUserEvent("quick", event -> reply("at once"));
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    service.clock().freeze();
    alice.sendRaw("{\"type\":\"event\",\"event\":\"slow\",\"dataType\":\"text\",\"data\":\"x\"}");
    alice.sendRaw("{\"type\":\"event\",\"event\":\"quick\",\"dataType\":\"text\",\"data\":\"x\"}");

    bob.sendEvent("quick", "x");
    assertThat(bob).receivesText("at once");
    assertThat(alice.messages()).isEmpty();
    assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
    service.clock().advanceBy(ofSeconds(10));

    assertThat(alice).receivesText("done");
    assertThat(alice).receivesText("at once");
  }

  @Test
  void aDelayCountsFromTheCallWhateverTheCallbackTakes() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CompletableFuture<Void> moved = new CompletableFuture<>();
    service
        .eventHandler("hub")
        .onUserEvent(
            "message",
            event -> {
              called.countDown();
              moved.orTimeout(5, TimeUnit.SECONDS).join();
              return reply("done").after(ofSeconds(10));
            });
    SimpleClient alice = service.connectSimple(asUser("alice"));
    service.clock().freeze();
    alice.sendText("x");
    assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();

    service.clock().advanceBy(ofSeconds(10));
    moved.complete(null);

    assertThat(alice).receivesText("done");
  }

  @Test
  void aThousandPendingEventsNeedNoThreadEach() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent("message", event -> reply("done").onceDone(gate));
    List<SimpleClient> clients =
        IntStream.range(0, 1000)
            .mapToObj(number -> service.connectSimple(asUser("u" + number)))
            .toList();
    clients.forEach(client -> client.sendText("x"));
    assertThat(handler)
        .receivesEvents(Stream.generate(() -> "message").limit(1000).toArray(String[]::new));

    assertThat(handlerThreads()).isLessThanOrEqualTo(64);
    gate.complete(null);

    clients.forEach(client -> assertThat(client).receivesText("done"));
  }

  private static long handlerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("-handler-"))
        .count();
  }

  @Test
  void aCallbackThatBlocksStopsNobodyElse() throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    service
        .eventHandler("hub")
        .onUserEvent(
            "block",
            event -> {
              called.countDown();
              try {
                if (!released.await(5, TimeUnit.SECONDS)) {
                  return fail(400);
                }
              } catch (InterruptedException e) {
                return fail(400);
              }
              return reply("free");
            })
        .onUserEvent("quick", event -> reply("at once"));
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    alice.sendRaw("{\"type\":\"event\",\"event\":\"block\",\"dataType\":\"text\",\"data\":\"x\"}");
    assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();

    bob.sendEvent("quick", "x");
    assertThat(bob).receivesText("at once");
    released.countDown();

    assertThat(alice).receivesText("free");
  }

  @Test
  void aCallbackThatThrowsIsToldInTheFailure() {
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onUserEvent(
                "bad",
                event -> {
                  throw new IllegalStateException("boom");
                });
    PubSubClient alice = service.connect(asUser("alice"));
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("bad", "x"));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).within(ZERO).receivesEvent("other"))
        .withMessageContaining("the callback for bad threw java.lang.IllegalStateException: boom");
    assertThat(service.timeline()).contains("boom");
  }

  @Test
  void whatTheClientAskedBeforeItClosedIsStillDone() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent("message", event -> acknowledge().onceDone(gate));
    SimpleClient alice = service.connectSimple(asUser("alice"));
    alice.sendText("1");
    alice.sendText("2");
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> alice.close(1000, "bye"));
    assertThat(handler).receivesEvents("message");
    gate.complete(null);

    assertThat(closing).succeedsWithin(ofSeconds(5));
    assertThat(handler).receivesEvent("message").hasText("2");
    assertThat(handler).receivesEvent("disconnected").hasReason("bye");
    assertThat(handler).receivesNoEvent();
  }

  @Test
  void aFastClientWaitsForASlowApplicationAndLosesNothing() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onUserEvent("message", event -> reply(event.text()).onceDone(gate));
    SimpleClient alice = service.connectSimple(asUser("alice"));
    int count = 2_000;
    for (int i = 0; i < count; i++) {
      alice.sendText("m" + i);
    }
    assertThat(handler).receivesEvents("message");
    gate.complete(null);

    for (int i = 0; i < count; i++) {
      assertThat(alice).receivesText("m" + i);
    }
  }

  @Test
  void theFirstHandlerThatTakesAnEventGetsIt() {
    EventHandlerStub first = service.eventHandler("hub").recording();
    EventHandlerStub second = service.eventHandler("hub").recording();
    EventHandlerStub other = service.eventHandler("other").recording();
    service.connect(asUser("alice"));

    assertThat(first).receivesEvents("connect", "connected");
    assertThat(second).receivesNoEvent();
    assertThat(other).receivesNoEvent();
  }

  @Test
  void replacedHandlersHearNothingMore() {
    EventHandlerStub handler = service.eventHandler("HUB").recording();
    PubSubClient alice = service.connect(asUser("alice"));
    assertThat(handler).receivesEvents("connect", "connected");
    service.eventHandlers("hub");

    assertThatExceptionOfType(AckFailedException.class).isThrownBy(() -> alice.sendEvent("e", "x"));
    assertThat(handler).receivesNoEvent();
  }

  @Test
  void closedFakesTakeNoHandlers() {
    EventHandlerSetup setup = service.eventHandler("hub");
    service.close();

    assertThatIllegalStateException().isThrownBy(setup::recording);
    assertThatIllegalStateException().isThrownBy(() -> setup.url("http://localhost:1/x"));
  }

  @Test
  void wrongUseSaysWhatIsWrong() {
    assertThatIllegalArgumentException().isThrownBy(() -> service.eventHandler("no hub!"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.eventHandler("hub").url("ftp://x"))
        .withMessageContaining("ftp://x");
    assertThatIllegalArgumentException().isThrownBy(() -> reject(200)).withMessageContaining("200");
    assertThatIllegalArgumentException().isThrownBy(() -> accept().state("ä"));
    assertThatIllegalArgumentException().isThrownBy(() -> accept().after(ofSeconds(-1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> reject(401).userId("x"))
        .withMessageContaining("accept()");
  }

  @Test
  void assertionsReadOnAndSayWhatCame() {
    EventHandlerStub handler = service.eventHandler("hub").recording();
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendEvent("shout", "hi");

    assertThat(handler).receivesExactly("connect", "connected");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).within(ZERO).receivesEvent("connected"))
        .withMessageContaining("[handler of hub \"hub\"]")
        .withMessageContaining(
            "connected           user \"alice\"  connection "
                + alice.connectionId()
                + "     <- this matches, but an earlier assertion has read it or a later one")
        .withMessageContaining("shout (user event)")
        .withMessageContaining("text \"hi\"");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).receivesNoEvent())
        .withMessageContaining("shout");
    assertThat(handler).receivesNoEvent("disconnected");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).receivesExactly("whisper"))
        .withMessageContaining("but no. 1 was \"shout\" instead of \"whisper\"");
    assertThat(handler)
        .hasReceivedEvent("shout")
        .hasReceivedNoEvent("whisper")
        .hasReceivedExactly("connect", "connected", "shout");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).hasReceivedEvent("whisper"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).hasReceivedNoEvent("shout"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(handler).hasReceivedExactly("shout"));
  }

  @Test
  void assertionsOnOneEventSayTheDifference() {
    EventHandlerStub handler = service.eventHandler("hub").recording();
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendRaw(
        "{\"type\":\"event\",\"event\":\"e\",\"ackId\":1,\"dataType\":\"json\",\"data\":{\"a\":1},"
            + "\"metadata\":{\"k\":\"v\"}}");
    assertThat(handler)
        .receivesEvent("e")
        .hasName("e")
        .isFromUser("alice")
        .isFromConnection(alice.connectionId())
        .hasJson(Map.of("a", 1))
        .hasMetadata("k", "v")
        .extractingText()
        .contains("a");
    HandlerEvent event = handler.events().get(handler.events().size() - 1);

    Stream.<Runnable>of(
            () -> assertThat(event).hasName("f"),
            () -> assertThat(event).isFromUser("bob"),
            () -> assertThat(event).hasNoUserId(),
            () -> assertThat(event).isFromConnection("x"),
            () -> assertThat(event).hasText("x"),
            () -> assertThat(event).hasJson(Map.of("a", 2)),
            () -> assertThat(event).hasBinary(new byte[] {1}),
            () -> assertThat(event).hasState("s"),
            () -> assertThat(event).hasMetadata("k", "w"),
            () -> assertThat(event).hasReason("r"))
        .forEach(
            wrong ->
                assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(wrong::run)
                    .withMessageContaining("[event handler] expected an event"));
    assertThat(event.userId()).isEqualTo(Optional.of("alice"));
  }
}
