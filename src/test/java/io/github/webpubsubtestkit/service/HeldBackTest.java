package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.FaultyService.message;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.WireJsonClient;
import io.github.webpubsubtestkit.conformance.WireSocket;
import io.github.webpubsubtestkit.handler.EventAnswer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever waited here in vain would wait for minutes, and exceed the time of the test. */
@Timeout(30)
@DisplayName("What a fault holds back")
class HeldBackTest {

  private final FaultyService service =
      new FaultyService(
          FakeWebPubSub.builder()
              .timeout(ofSeconds(40))
              .clients(clients -> clients.keepAliveInterval(ofDays(1)))
              .build());
  private final FakeWebPubSub fake = service.fake();
  private final Faults faults = service.faults();

  @AfterEach
  void stop() {
    service.close();
  }

  /** How a client is kept from an answer to its close frame. */
  enum Hold {
    SILENCE {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.faults().connection(ofUser("alice")).silence();
      }
    },
    NO_READING {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.faults().connection(ofUser("alice")).stopReading();
      }
    },
    LIMIT {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.faults().connection(ofUser("alice")).limit(1);
        fake.sendToUser("alice", "x".repeat(1_000));
      }
    },
    DELAY {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.faults().message(toUser("alice")).delay(ofMinutes(4));
        fake.sendToUser("alice", "late");
      }
    },
    DELAY_BY_A_FROZEN_CLOCK {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.clock().freeze();
        fake.faults().message(toUser("alice")).delay(ofMillis(1));
        fake.sendToUser("alice", "late");
      }
    },
    DELAY_OF_AN_ACK {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.faults().ack(joinGroup("room")).delay(ofMinutes(4));
      }

      @Override
      String sent() {
        return "{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":1}";
      }
    },
    DELAY_OF_AN_EVENT {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
        fake.faults().event("order").delay(ofMinutes(4));
      }

      @Override
      String sent() {
        return EVENT;
      }
    },
    EVENT_THAT_HANGS {
      @Override
      void begin(FakeWebPubSub fake) {
        fake.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
        fake.faults().event("order").hang();
      }

      @Override
      String sent() {
        return EVENT;
      }
    };

    private static final String EVENT =
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"1\",\"ackId\":7}";

    abstract void begin(FakeWebPubSub fake);

    /** What alice sends afterwards, so that the service may not have read it when she closes. */
    String sent() {
      return "{\"type\":\"ping\"}";
    }
  }

  // ---- clear()

  /** Looks again and again, to come as early as can be. */
  private static void awaitMet(Fault<?> fault) {
    long deadline = System.nanoTime() + ofSeconds(10).toNanos();
    while (fault.timesMet() == 0) {
      assertThat(System.nanoTime()).as("met in time").isLessThan(deadline);
    }
  }

  @RepeatedTest(
      value = 50,
      name = "is released by clear() as soon as a hanging call is met ({currentRepetition})")
  void hangingCall() {
    HandshakeFault fault = faults.handshake(connect()).hang();
    try (WireSocket socket = WireSocket.connect(fake.endpoint())) {
      socket.send(service.upgrade("alice", Protocol.JSON).bytes(fake.endpoint()));
      awaitMet(fault);

      faults.clear();

      while (socket.read() >= 0) {
        assertThat(socket.end()).isNull();
      }
      assertThat(socket.end()).isEqualTo(WireSocket.End.RESET);
    }
  }

  @RepeatedTest(
      value = 50,
      name = "is released by clear() as soon as a delayed message is met ({currentRepetition})")
  void delayedMessage() {
    fake.clock().freeze();
    PubSubClient alice = fake.connect(asUser("alice"));
    MessageFault fault = faults.message(toUser("alice")).delay(ofSeconds(5));
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> fake.sendToUser("alice", "late"));
    awaitMet(fault);

    faults.clear();

    assertThat(alice).receivesText("late");
    sent.join();
  }

  @RepeatedTest(
      value = 50,
      name = "is released by clear() as soon as a hanging event is met ({currentRepetition})")
  void hangingEvent() {
    fake.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    PubSubClient alice = fake.connect(asUser("alice"));
    EventFault fault = faults.event("order").hang();
    alice.sendRaw(
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"1\",\"ackId\":7}");
    awaitMet(fault);

    faults.clear();

    assertThat(alice).receivesAck(7);
  }

  // ---- the order of messages and of what happens to their connection

  @Test
  @DisplayName("is sent before the connection is reset that waits for it")
  void resetBehindDelayed() {
    fake.clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice").withText("bye")).delay(ofSeconds(5));
    faults.connection(ofUser("alice")).after(text("bye")).reset();

    service.send("bye");
    assertThat(fake.userExists("alice")).isTrue();
    fake.clock().advanceBy(ofSeconds(5));

    alice.expect(message("bye"));
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("is sent before the silence that waits for it")
  void silenceBehindDelayed() {
    fake.clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice").withText("bye")).delay(ofSeconds(5));
    faults.connection(ofUser("alice")).after(text("bye")).silence();

    service.send("bye", "unheard");
    assertThat(fake.userExists("alice")).isTrue();
    fake.clock().advanceBy(ofSeconds(5));

    alice.expect(message("bye"));
    faults.clear();
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("is sent before a fault comes that is to come before a later message")
  void beforeALaterMessage() {
    fake.clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice").withText("1")).delay(ofSeconds(5));
    faults.connection(ofUser("alice")).before(text("2")).reset();

    service.send("1", "2");
    assertThat(fake.userExists("alice")).isTrue();
    fake.clock().advanceBy(ofSeconds(5));

    alice.expect(message("1"));
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("by a limit is sent before the connection is reset that waits for it")
  void resetBehindLimited() {
    fake.clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults
        .connection(ofUser("alice"))
        .limit(1_000); // few pieces: a reset takes back what waits for TCP
    faults.connection(ofUser("alice")).after(text("bye")).reset();

    service.send("bye");
    assertThat(fake.userExists("alice")).isTrue();
    fake.clock().advanceBy(ofSeconds(1));

    alice.expect(message("bye"));
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  // ---- who waits

  @ParameterizedTest(name = "keeps nobody who closes the client: {0}")
  @EnumSource
  void closesAtOnce(Hold hold) {
    PubSubClient alice = fake.connect(asUser("alice"));
    hold.begin(fake);
    alice.sendRaw(hold.sent());

    alice.close();

    assertThat(alice).isClosed();
    assertThat(fake.timeline())
        .contains(
            "a fault holds the connection back, so the service does not answer the close frame");
  }

  @ParameterizedTest(name = "keeps nobody who closes the service: {0}")
  @EnumSource
  void endsAtOnce(Hold hold) {
    PubSubClient alice = fake.connect(asUser("alice"));
    hold.begin(fake);
    alice.sendRaw(hold.sent());

    fake.close();

    assertThat(alice).isClosed();
  }

  @Test
  @DisplayName("for a moment only is waited for: the client is closed as usual")
  void shortDelay() {
    PubSubClient alice = fake.connect(asUser("alice"));
    faults.message(toUser("alice")).delay(ofMillis(1));
    fake.sendToUser("alice", "late");

    alice.close();

    assertThat(alice).isClosed().hasCode(1000);
    assertThat(alice).receivesText("late");
  }

  @ParameterizedTest(name = "of what clients send is waited for by nobody: {0}")
  @EnumSource(names = {"SILENCE", "NO_READING"})
  void nobodyWaitsForTheUnheard(Hold hold) {
    PubSubClient alice = fake.connect(asUser("alice"));
    PubSubClient bob = fake.connect(asUser("bob"));
    hold.begin(fake);
    alice.sendRaw(
        "{\"type\":\"sendToGroup\",\"group\":\"room\",\"dataType\":\"text\",\"data\":\"x\"}");

    fake.awaitIdle();

    assertThat(bob).receivesNoMessage();
    assertThat(alice).receivesNoMessage();
  }

  @Test
  @DisplayName("from a client that is not read is no reason to miss what it is sent")
  void sentWithoutReading() {
    PubSubClient alice = fake.connect(asUser("alice"));
    Hold.NO_READING.begin(fake);
    fake.sendToUser("alice", "hi");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(alice).receivesNoMessage())
        .withMessageContaining("\"hi\"");
  }

  @Test
  @DisplayName("by a limit is named by code that waits for it in vain")
  void limitIsNamed() {
    try (FakeWebPubSub hasty = FakeWebPubSub.builder().timeout(ofMillis(50)).build()) {
      PubSubClient alice = hasty.connect(asUser("alice"));
      hasty.clock().freeze();
      Hold.LIMIT.begin(hasty);

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(hasty::awaitIdle)
          .withMessageContaining("no pong from alice#1: a fault holds back what is sent to it");
      hasty.faults().clear();
      hasty.faults().message(toUser("alice")).delay(ofMillis(1));
      hasty.sendToUser("alice", "late");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(alice).receivesText("late"))
          .withMessageContaining("the clock of the service is frozen: clock().advanceBy(..)");
      assertThat(alice).isConnected();
    }
  }
}
