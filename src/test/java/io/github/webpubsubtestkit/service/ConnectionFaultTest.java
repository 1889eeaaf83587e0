package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.ClientPattern.ofAnyone;
import static io.github.webpubsubtestkit.service.ClientPattern.ofConnection;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.FaultyService.message;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.UpgradeRequest;
import io.github.webpubsubtestkit.conformance.WireClient;
import io.github.webpubsubtestkit.conformance.WireFrame;
import io.github.webpubsubtestkit.conformance.WireJsonClient;
import io.github.webpubsubtestkit.conformance.WireSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("A fault of connections")
class ConnectionFaultTest {

  private final FaultyService service =
      new FaultyService(
          builder().clients(clients -> clients.keepAliveInterval(ofSeconds(20))).build());

  private final Faults faults = service.faults();

  /** The fake of these tests. */
  FakeWebPubSubBuilder builder() {
    return FakeWebPubSub.builder();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** The client sees nothing for a moment of the service, and no end. */
  private static void expectNothing(WireClient client) {
    client.socket().timeout(ofMillis(100));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(client::next)
        .withMessageContaining("nothing arrived within");
    client.socket().timeout(WireSocket.DEFAULT_TIMEOUT);
  }

  /** The connection is reset when it opens; perhaps before its client has seen that. */
  private void expectReset(UpgradeRequest upgrade) {
    try (WireSocket socket = WireSocket.connect(service.fake().endpoint())) {
      socket.send(upgrade.bytes(service.fake().endpoint()));
      while (socket.read() >= 0) {
        assertThat(socket.end()).isNull();
      }
      assertThat(socket.end()).isEqualTo(WireSocket.End.RESET);
    }
  }

  // ---- reset

  @Test
  @DisplayName("resets one that is open, at once, and no other")
  void resets() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");

    ConnectionFault fault = faults.connection(ofUser("alice")).reset();

    assertThat(fault.timesMet()).isOne();
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
    bob.expectOpen();
    eventually().until(() -> !service.fake().userExists("alice"));
    assertThat(service.fake().timeline())
        .contains("fault: reset of the connection of user \"alice\", 1 of 1: alice#1");
  }

  @Test
  @DisplayName("resets a reliable client, which recovers and loses nothing")
  void resetsReliably() {
    WireJsonClient alice = service.reliable("alice");
    faults.connection(ofUser("alice")).before(text("2")).reset();

    service.send("1", "2", "3");

    alice.expect(message("1", 1));
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 1));
    again.expect(message("2", 2));
    again.expect(message("3", 3));
    again.expectOpen();
  }

  @Test
  @DisplayName("resets behind a number of messages, again and again if that is said")
  void afterMessages() {
    WireJsonClient alice = service.reliable("alice");
    faults.connection(ofUser("alice")).afterMessages(2).reset().times(2);

    service.send("1", "2", "3");
    alice.expect(message("1", 1));
    alice.expect(message("2", 2));
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 1));
    again.expect(message("2", 2));
    again.expect(message("3", 3));
    again.expectOpen();
    service.send("4", "5", "6");

    again.expect(message("4", 4));
    again.expect(message("5", 5));
    assertThat(again.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("meets those that come later, each once: a user whose every connection is lost")
  void always() {
    ConnectionFault fault = faults.connection(ofUser("alice")).reset().always();

    expectReset(service.upgrade("alice", Protocol.JSON));
    expectReset(service.upgrade("alice", Protocol.JSON));

    service.json("bob").expectOpen();
    assertThat(fault.timesMet()).isEqualTo(2);
    faults.clear();
    service.json("alice").expectOpen();
  }

  @Test
  @DisplayName("may be one that is recovered, and more may be ordered")
  void recovered() {
    WireJsonClient alice = service.reliable("alice");
    ConnectionFault fault = faults.connection(ofConnection(alice.connectionId())).reset();
    alice.wire().expectEnd();

    fault.times(2);

    assertThat(fault.timesMet()).isOne();
    expectReset(FaultyService.recovery(alice));
    service.recover(alice).expectOpen();
    assertThat(fault.timesMet()).isEqualTo(2);
  }

  // ---- silence

  @Test
  @DisplayName("silences one both ways, tells nobody, and ends by a reset")
  void silence() {
    WireJsonClient alice = service.reliable("alice");
    PubSubClient bob = service.fake().connect(asUser("bob"));
    bob.joinGroup("room");
    faults.connection(ofUser("alice")).silence();

    service.send("1");
    alice.send(
        "{\"type\":\"sendToGroup\",\"group\":\"room\",\"dataType\":\"text\",\"data\":\"x\",\"ackId\":1}");
    assertThat(bob).receivesText("1");
    expectNothing(alice.wire());
    service.fake().awaitIdle();
    assertThat(bob).hasReceivedNoText("x");
    assertThat(service.fake().userExists("alice")).isTrue();

    faults.clear();

    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
    WireJsonClient again = service.recover(alice);
    again.expect(message("1", 1));
    again.expectOpen();
  }

  @Test
  @DisplayName("hides from the client in silence that the service has given it up")
  void silenceAndKeepAlive() {
    WireJsonClient alice = service.json("alice");
    service.fake().clock().freeze();
    faults.connection(ofUser("alice")).silence();

    service.fake().clock().advanceBy(ofSeconds(41));

    eventually().until(() -> !service.fake().userExists("alice"));
    expectNothing(alice.wire());
    faults.clear();
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("hides from the service in silence that the client has gone")
  void silenceAndGone() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    faults.connection(ofUser("alice")).silence();
    faults.connection(ofUser("bob")).silence();

    alice.wire().drop();
    bob.wire().close();
    service.fake().awaitIdle();
    assertThat(service.fake().userExists("alice")).isTrue();
    assertThat(service.fake().userExists("bob")).isTrue();

    faults.clear();

    eventually().until(() -> service.fake().connections().isEmpty());
  }

  @Test
  @DisplayName("in silence ends with the service, or its reset")
  void silenceAndReset() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient carol = service.json("carol");
    faults.connection(ofUser("alice")).silence();
    assertThat(service.fake().reset()).isNotEmpty();
    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
    carol.wire().expectClose(1001, "The service was reset.");
    WireJsonClient bob = service.json("bob");
    faults.connection(ofUser("bob")).silence();
    service.send("x");

    service.fake().close();

    assertThat(bob.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("parked in silence ends with the service")
  void parkedSilence() {
    WireJsonClient alice = service.json("alice");
    service.fake().clock().freeze();
    faults.connection(ofUser("alice")).silence();
    service.fake().clock().advanceBy(ofSeconds(41));
    eventually().until(() -> !service.fake().userExists("alice"));

    service.fake().close();

    assertThat(alice.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  // ---- closes

  @ParameterizedTest(name = "closes with {0}, after which a reliable client cannot recover")
  @ValueSource(ints = {1000, 1002, 1003, 1007, 1008, 1009, 1011})
  void ends(int code) {
    WireJsonClient alice = service.reliable("alice");

    faults.connection(ofUser("alice")).close(code, "why");

    alice.wire().expectClose(code, "why");
    service.recover(alice).wire().expectClose(1008, "The connection could not be recovered.");
  }

  @ParameterizedTest(name = "closes with {0}, after which a reliable client recovers")
  @ValueSource(ints = {1001, 1005, 1012, 1013, 1014, 3000, 4999})
  void recoverable(int code) {
    WireJsonClient alice = service.reliable("alice");

    faults.connection(ofUser("alice")).close(code);
    service.send("missed");

    WireFrame close = alice.wire().next();
    assertThat(close.closeCode()).isEqualTo(code);
    WireJsonClient again = service.recover(alice);
    again.expect(message("missed", 1));
    again.expectOpen();
  }

  @Test
  @DisplayName("closes behind a message, or before it")
  void aroundMessages() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    WireJsonClient carol = service.reliable("carol");
    faults.connection(ofUser("alice")).after(text("2")).close(1012);
    faults.connection(ofUser("bob")).before(text("2")).close(1013);
    faults.connection(ofUser("carol")).before(text("2")).close(1012);

    service.send("1", "2", "3");

    alice.expect(message("1"));
    alice.expect(message("2"));
    alice.wire().expectClose(1012, "");
    bob.expect(message("1"));
    bob.wire().expectClose(1013, "");
    carol.expect(message("1", 1));
    carol.wire().expectCloseFrame(1012, "");
    WireJsonClient again = service.recover(carol);
    again.expect(message("1", 1));
    again.expect(message("2", 2));
    again.expect(message("3", 3));
  }

  @Test
  @DisplayName("says disconnected before it closes, as for a restart of the service")
  void disconnects() {
    WireJsonClient alice = service.reliable("alice");
    WireJsonClient bob = service.json("bob");
    WireClient carol = service.simple("carol");

    faults.connection(ofAnyone()).disconnect("Service reload").times(3);

    String disconnected =
        "{\"type\":\"system\",\"event\":\"disconnected\",\"message\":\"Service reload\"}";
    alice.expect(disconnected);
    alice.wire().expectCloseFrame(1001, "");
    bob.expect(disconnected);
    bob.wire().expectClose(1001, "");
    carol.expectClose(1001, "");
    service.recover(alice).expectOpen();
  }

  // ---- slow

  @Test
  @DisplayName("sends so many bytes per second, by the clock of the fake")
  void limits() {
    WireClient alice = service.simple("alice");
    service.fake().clock().freeze();
    faults.connection(ofUser("alice")).limit(100);

    service.send("x".repeat(1_000));
    expectNothing(alice);
    service.fake().clock().advanceBy(ofSeconds(1));
    assertThat(alice.socket().read(100)).isNotNull();
    service.fake().clock().advanceBy(ofSeconds(9));
    assertThat(alice.socket().read(900)).isNotNull();
    expectNothing(alice);
    service.fake().clock().advanceBy(ofMillis(40));

    assertThat(alice.socket().read(4)).containsExactly('x', 'x', 'x', 'x');
    service.send("y");
    expectNothing(alice);
    faults.clear();
    alice.expectText("y");
  }

  @Test
  @DisplayName("lets a client seem too slow for what it is sent")
  void slowConsumer() {
    try (FaultyService small =
        new FaultyService(builder().limits(limits -> limits.maxQueuedMessages(3)).build())) {
      WireClient alice = small.simple("alice");
      small.fake().clock().freeze();
      small.faults().connection(ofUser("alice")).limit(1);

      for (int i = 0; i < 5; i++) {
        small.fake().sendToAll("x");
      }

      assertThat(alice.expectEnd()).isEqualTo(WireSocket.End.RESET);
    }
  }

  @Test
  @DisplayName("reads no more, and later all that was sent")
  void stopsReading() {
    PubSubClient bob = service.fake().connect(asUser("bob"));
    bob.joinGroup("room");
    WireJsonClient alice = service.json("alice");
    faults.connection(ofUser("alice")).stopReading();

    alice.send(
        "{\"type\":\"sendToGroup\",\"group\":\"room\",\"dataType\":\"text\",\"data\":\"x\",\"ackId\":1}");
    service.send("1");
    alice.expect(message("1"));
    service.fake().awaitIdle();
    assertThat(bob).hasReceivedNoText("x");
    faults.clear();

    alice.expectAck(1);
    assertThat(bob).receivesText("x");
  }

  // ---- several

  @Test
  @DisplayName("in silence is the last that a connection meets, so another is reported")
  void nothingInSilence() {
    WireJsonClient alice = service.json("alice");
    ConnectionFault silence = faults.connection(ofUser("alice")).silence();
    ConnectionFault close = faults.connection(ofUser("alice")).close(4000);
    ConnectionFault later = faults.connection(ofUser("alice")).afterMessages(1).reset();
    MessageFault lost = faults.message(toUser("alice")).lose();

    service.send("1");

    assertThat(List.of(silence.timesMet(), close.timesMet(), later.timesMet(), lost.timesMet()))
        .containsExactly(1, 0, 0, 0);
    assertThat(service.fake().userExists("alice")).isTrue();
    expectNothing(alice.wire());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.fake().assertNoFailures())
        .withMessageContaining("fault not met: close with 4000 for the connection of user")
        .withMessageContaining("fault not met: reset for the connection of user")
        .withMessageContaining("fault not met: loss for message to user");
  }

  @Test
  @DisplayName("in silence is over with a recovery, which meets the next")
  void nextAfterSilence() {
    WireJsonClient alice = service.reliable("alice");
    faults.connection(ofUser("alice")).silence();
    ConnectionFault close = faults.connection(ofUser("alice")).close(1012);
    assertThat(close.timesMet()).isZero();

    WireJsonClient again = service.recover(alice);

    again.wire().expectCloseFrame(1012, "");
    assertThat(close.timesMet()).isOne();
  }

  @Test
  @DisplayName("that leaves it reachable is followed by the next: slow, then gone")
  void severalInOrder() {
    WireJsonClient alice = service.json("alice");
    ConnectionFault slow = faults.connection(ofUser("alice")).limit(1_000_000);
    ConnectionFault gone = faults.connection(ofUser("alice")).reset();
    ConnectionFault late = faults.connection(ofUser("alice")).close(1012).lenient();

    alice.wire().expectEnd();

    assertThat(List.of(slow.timesMet(), gone.timesMet(), late.timesMet())).containsExactly(1, 1, 0);
  }

  @Test
  @DisplayName("around one message may be several: slow before it, and closed behind it")
  void severalAroundOneMessage() {
    WireJsonClient alice = service.json("alice");
    ConnectionFault close = faults.connection(ofUser("alice")).after(text("1")).close(1012);
    ConnectionFault slow = faults.connection(ofUser("alice")).before(text("1")).limit(1_000_000);
    MessageFault twice = faults.message(toUser("alice")).repeat();

    service.send("1");

    alice.expect(message("1"));
    alice.expect(message("1"));
    alice.wire().expectClose(1012, "");
    assertThat(List.of(close.timesMet(), slow.timesMet(), twice.timesMet()))
        .containsExactly(1, 1, 1);
  }

  // ---- whom

  @Test
  @DisplayName("is for members of a group, in a hub, and of two it is the first")
  void patterns() {
    WireJsonClient alice = service.json("alice");
    WireJsonClient bob = service.json("bob");
    service.fake().addUserToGroup("bob", "room");

    ConnectionFault first = faults.connection(ofAnyone().inGroup("room").inHub("hub")).reset();
    ConnectionFault second = faults.connection(ofAnyone().inHub("other")).reset().lenient();

    bob.wire().expectEnd();
    alice.expectOpen();
    assertThat(first.timesMet()).isOne();
    assertThat(second.timesMet()).isZero();
  }

  @Test
  @DisplayName("that resets lets a client of the application recover by itself")
  void kitClient() {
    PubSubClient alice = service.fake().connect(asUser("alice").protocol(Protocol.JSON_RELIABLE));
    faults.connection(ofUser("alice")).reset();
    assertThat(alice).isClosed().wasDropped();
    service.send("missed");

    alice.recover();

    assertThat(alice).receivesText("missed");
    assertThat(service.fake()).hasReceivedRequest(recover().fromUser("alice"));
  }

  @Test
  @DisplayName("cannot be what no connection can be")
  void misuse() {
    ConnectionFault fault = faults.connection(ofUser("alice"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.close(1006))
        .withMessage("a close code must be 1000 to 4999, but not 1006 or 1015; this is 1006");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.close(1012, "x".repeat(124)))
        .withMessage("a close reason must have at most 123 bytes but this has 124");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.close(1005, "x"))
        .withMessage("a close with 1005, which is none, has no reason");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.limit(0))
        .withMessage("bytesPerSecond must be at least 1 but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.afterMessages(0))
        .withMessage("messages must be at least 1 but is 0");
    fault.afterMessages(1).reset();
    assertThatIllegalStateException()
        .isThrownBy(() -> fault.after(text("x")))
        .withMessage(
            "the moment comes once, and before the effect: reset for the connection of user"
                + " \"alice\" after 1 message, met 0 of 1 times");
    assertThatIllegalStateException()
        .isThrownBy(fault::silence)
        .withMessageStartingWith("a connection has one fault, order another for the next: reset");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.fake().assertNoFailures())
        .withMessageContaining(
            "fault not met: reset for the connection of user \"alice\" after 1 message");
  }
}
