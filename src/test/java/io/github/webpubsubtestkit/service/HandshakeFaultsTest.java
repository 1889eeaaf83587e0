package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.RequestPattern.anyHandshake;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.RecoveryRefusedException;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.conformance.HttpAnswer;
import io.github.webpubsubtestkit.conformance.TestTokens;
import io.github.webpubsubtestkit.conformance.WireSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandshakeFaultsTest {

  private static final String OFFER = "\r\nSec-WebSocket-Protocol: json.webpubsub.azure.v1";

  private final FakeWebPubSub service = builder().build();

  /** The fake of these tests. */
  FakeWebPubSubBuilder builder() {
    return FakeWebPubSub.builder();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static void assertRejected(int status, ThrowingCallable connect) {
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(connect)
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  private PubSubClient reliable(String userId) {
    return service.connect(asUser(userId).protocol(Protocol.JSON_RELIABLE));
  }

  @ParameterizedTest(name = "C315 the next handshake is answered {0}, and the one after it 101")
  @ValueSource(ints = {401, 403, 429, 500, 502, 503})
  void answers(int status) {
    service.faults().handshake(connect()).answer(status);

    assertRejected(status, () -> service.connect(asUser("alice")));

    assertThat(service.connect(asUser("alice"))).isConnected();
    assertThat(service)
        .hasReceivedRequest(connect().fromUser("alice").withOutcome(String.valueOf(status)))
        .hasReceivedRequest(connect().fromUser("alice"));
  }

  @Test
  @DisplayName("C316 a fault is for the next n handshakes, of a user, in a hub")
  void timesUserAndHub() {
    service.faults().handshake(connect().fromUser("alice").inHub("hub")).answer(503).times(2);

    assertThat(service.connect(asUser("bob"))).isConnected();
    assertThat(service.connect(asUser("alice").hub("other"))).isConnected();
    assertRejected(503, () -> service.connect(asUser("alice")));
    assertRejected(503, () -> service.connectSimple(asUser("alice")));
    assertThat(service.connect(asUser("alice"))).isConnected();
  }

  @Test
  @DisplayName("C317 recoveries fail twice with 502, then bring what was missed")
  void recoveries() {
    PubSubClient alice = reliable("alice");
    service.faults().handshake(recover().fromUser("alice")).answer(502).times(2);
    alice.dropConnection();
    service.sendToAll("missed");

    assertThat(service.connect(asUser("bob"))).isConnected();
    assertRejected(502, alice::recover);
    assertRejected(502, alice::recover);
    alice.recover();

    assertThat(alice).receivesText("missed");
    assertThat(service)
        .hasReceivedRequests(2, recover().fromUser("alice").withOutcome("502"))
        .hasReceivedRequests(1, recover().fromUser("alice"));
  }

  @Test
  @DisplayName("C318 a recovery that comes too late because of a fault is refused with 1008")
  void tooLate() {
    PubSubClient alice = reliable("alice");
    service.faults().handshake(recover()).answer(503);
    alice.dropConnection();
    assertRejected(503, alice::recover);

    service.clock().advanceBy(ofSeconds(31));

    assertThat(service.connectionExists(alice.connectionId())).isFalse();
  }

  @Test
  @DisplayName("C319 a handshake is answered only when its delay is over, by the clock of the fake")
  void delay() {
    service.clock().freeze();
    service.faults().handshake(connect()).delay(ofSeconds(2));
    CompletableFuture<PubSubClient> connecting =
        CompletableFuture.supplyAsync(() -> service.connect(asUser("alice")));
    eventually().until(() -> service.timeline().contains("fault: delay of 2 s"));
    assertThat(service.userExists("alice")).isFalse();

    service.clock().advanceBy(ofSeconds(2));

    assertThat(connecting.join()).isConnected();
  }

  @Test
  @DisplayName("C319 a client that has gone during the delay leaves no connection behind")
  void goneDuringTheDelay() {
    service.clock().freeze();
    service.faults().handshake(connect()).delay(ofSeconds(2));
    try (WireSocket socket = handshake()) {
      eventually().until(() -> service.timeline().contains("fault: delay of 2 s"));
      socket.reset();
    }
    service.clock().advanceBy(Duration.ZERO);
    service.clock().advanceBy(Duration.ZERO);

    service.clock().advanceBy(ofSeconds(2));

    service.awaitIdle();
    assertThat(service.connections()).isEmpty();
  }

  @Test
  @DisplayName("C320 a handshake hangs until its client gives up, and nobody waits for it")
  void hang() {
    service.faults().handshake(anyHandshake()).hang();
    try (WireSocket socket = handshake()) {
      assertThat(service).receivesRequest(connect().withOutcome("unanswered"));
      service.awaitIdle();
      assertThat(service.connect(asUser("alice"))).isConnected();
      service.close();
      assertThat(socket.read()).as("nothing was ever answered").isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("C321 a handshake loses its connection")
  void drop() {
    service.faults().handshake(connect()).drop();
    try (WireSocket socket = handshake()) {
      assertThat(socket.read()).isEqualTo(-1);
    }
    assertThat(service).receivesRequest(connect().withOutcome("dropped"));
  }

  @Test
  @DisplayName("C322 the answer may say when to try again")
  void retryAfter() {
    service.faults().handshake(connect()).answer(429).retryAfter(ofMillis(10));
    try (WireSocket socket = handshake()) {
      HttpAnswer answer = HttpAnswer.read(socket, "GET");
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).contains("1");
      assertThat(answer.header("retry-after-ms")).contains("10");
    }
  }

  @Test
  @DisplayName("C323 what is refused anyway meets no fault, and no handler is asked")
  void refusedAnyway() {
    service
        .eventHandler("hub")
        .onConnect(
            event -> {
              throw new AssertionError("asked");
            });
    service.faults().handshake(connect()).answer(503);
    URI url = service.clientUrl(asUser("alice"));

    assertRejected(401, () -> service.connect(URI.create(url + "x")));
    assertRejected(503, () -> service.connect(url));
  }

  @Test
  @DisplayName("faults of requests and of handshakes do not meet each other")
  void apart() {
    service.faults().request(anyRequest()).answer(500);
    service.faults().handshake(anyHandshake()).answer(503);

    assertRejected(503, () -> service.connect(asUser("alice")));
    assertThat(service.timeline()).contains("fault not met: 500 for any request");
    assertThat(service.connect(asUser("alice"))).isConnected();
  }

  @Test
  @DisplayName("each kind has its pattern, without an outcome, and its end")
  void misuse() {
    Faults faults = service.faults();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.handshake(sendToAll()))
        .withMessage(
            "the pattern sendToAll() is none of handshakes: only connect(), recover() and"
                + " anyHandshake() are. Use faults().request(..) for REST requests");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.request(connect()))
        .withMessage(
            "the pattern connect() is one of handshakes: use faults().handshake(..) for it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.handshake(connect().withOutcome("503")));
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.handshake(connect()).hang().answer(503));
    assertThatIllegalStateException().isThrownBy(() -> faults.handshake(connect()).hang().drop());
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.handshake(connect()).answer(503).hang());
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.handshake(connect()).hang().retryAfter(ofSeconds(1)));
  }

  @Test
  @DisplayName("a REST request may hang, too")
  void hangingRequest() {
    service.faults().request(sendToAll()).hang();
    String target = "/api/hubs/hub/:send?api-version=2024-12-01";
    String token = TestTokens.forUrl(service.endpoint() + target).signedBy(service.accessKey());
    try (WireSocket socket = WireSocket.connect(service.endpoint())) {
      socket.send(
          ("POST "
                  + target
                  + " HTTP/1.1\r\nHost: "
                  + service.endpoint().getAuthority()
                  + "\r\nAuthorization: Bearer "
                  + token
                  + "\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx")
              .getBytes(StandardCharsets.ISO_8859_1));

      assertThat(service).receivesRequest(sendToAll().withOutcome("unanswered"));
      service.awaitIdle();
      service.close();
      assertThat(socket.read()).as("nothing was ever answered").isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("clear() ends the connections of requests that hang, and of delayed ones that would")
  void clearReleases() {
    service.faults().handshake(connect()).hang();
    HandshakeFault delayed = service.faults().handshake(connect()).delay(ofSeconds(30)).hang();
    try (WireSocket hanging = handshake();
        WireSocket held = handshake()) {
      assertThat(service).receivesRequest(anyHandshake().withOutcome("unanswered"));
      eventually().until(() -> delayed.timesMet() == 1);

      service.faults().clear();

      assertThat(hanging.read()).as("nothing was ever answered").isEqualTo(-1);
      assertThat(held.read()).as("nothing was ever answered").isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("clear() lets a delayed handshake go on")
  void clearEndsDelays() {
    HandshakeFault delayed = service.faults().handshake(connect()).delay(ofSeconds(30));
    try (WireSocket held = handshake()) {
      eventually().until(() -> delayed.timesMet() == 1);

      service.faults().clear();

      assertThat(service).receivesRequest(connect());
      assertThat(held.read()).isEqualTo('H');
    }
  }

  @Test
  @DisplayName("another subprotocol is in the answer, or none, and the connection is as offered")
  void subprotocols() {
    service.faults().handshake(connect()).withSubprotocol("soap");
    service.faults().handshake(connect()).withoutSubprotocol();
    try (WireSocket other = handshake(OFFER)) {
      assertThat(HttpAnswer.read(other, "GET").header("Sec-WebSocket-Protocol")).contains("soap");
      assertThat(other.read()).as("connected follows").isEqualTo(0x81);
    }
    try (WireSocket none = handshake(OFFER)) {
      assertThat(HttpAnswer.read(none, "GET").header("Sec-WebSocket-Protocol")).isEmpty();
      assertThat(none.read()).isEqualTo(0x81);
    }
    try (WireSocket usual = handshake(OFFER)) {
      assertThat(HttpAnswer.read(usual, "GET").header("Sec-WebSocket-Protocol")).isPresent();
    }
    assertThat(service.timeline())
        .contains("fault: subprotocol soap for connect(), 1 of 1")
        .contains("fault: no subprotocol for connect(), 1 of 1");
  }

  @Test
  @DisplayName("a client is not told that it is connected, and gets its messages nevertheless")
  void withoutConnected() {
    service.faults().handshake(connect()).withoutConnected();
    try (WireSocket socket = handshake(OFFER)) {
      assertThat(HttpAnswer.read(socket, "GET").status()).isEqualTo(101);
      assertThat(service.userExists("alice")).isTrue();
      service.sendToUser("alice", "1");
      String frame = new String(requireNonNull(socket.read(17)), StandardCharsets.ISO_8859_1);
      assertThat(frame).endsWith("{\"type\":\"messag");
    }
  }

  @Test
  @DisplayName("what is left out of handshakes is not met by those that would not have it")
  void nothingToLeaveOut() {
    PubSubClient bob = service.connect(asUser("bob").protocol(Protocol.JSON_RELIABLE));
    HandshakeFault noName = service.faults().handshake(connect()).withoutSubprotocol();
    HandshakeFault noHello = service.faults().handshake(anyHandshake()).withoutConnected();

    service.connectSimple(asUser("alice"));
    bob.dropConnection();
    bob.recover();

    assertThat(noName.timesMet() + noHello.timesMet()).isZero();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(service::assertNoFailures)
        .withMessageContaining("fault not met: no connected message for any handshake");
  }

  @Test
  @DisplayName("a client is closed behind connected, and another time it is not")
  void closedAfterwards() {
    service.faults().handshake(connect()).closeAfterwards(1011);

    SimpleClient alice = service.connectSimple(asUser("alice"));

    assertThat(alice).isClosed().hasCode(1011);
    assertThat(service.connectSimple(asUser("alice"))).isConnected();
  }

  @Test
  @DisplayName("a recovery is refused with 1008, and the connection is not harmed")
  void refusedRecovery() {
    PubSubClient alice = reliable("alice");
    service.faults().handshake(recover()).refuse();
    alice.dropConnection();
    service.sendToAll("missed");

    assertThatExceptionOfType(RecoveryRefusedException.class)
        .isThrownBy(alice::recover)
        .withMessageStartingWith(
            "[alice] the service did not give the connection back because of a fault: refusal with"
                + " 1008 for recover()\n")
        .withMessageContaining("the service still has the connection: recover() again to go on")
        .withMessageNotContaining("usually")
        .withMessageNotContaining("connect another client");
    assertThat(service).hasReceivedRequest(recover().fromUser("alice").withOutcome("1008"));
    assertThat(service.connectionExists(alice.connectionId())).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> alice.joinGroup("room"))
        .withMessageContaining("Call recover() first, or connect another client");
    alice.recover();
    assertThat(alice).receivesText("missed");
  }

  @Test
  @DisplayName("a recovery that a fault ends at once is named, and whether another can succeed")
  void recoveredAndClosed() {
    PubSubClient alice = reliable("alice");
    PubSubClient bob = reliable("bob");
    service.faults().handshake(recover().fromUser("alice")).closeAfterwards(1012);
    service.faults().handshake(recover().fromUser("bob")).closeAfterwards(1011);
    alice.dropConnection();
    bob.dropConnection();
    service.sendToAll("missed");

    assertThatExceptionOfType(RecoveryRefusedException.class)
        .isThrownBy(alice::recover)
        .withMessageStartingWith(
            "[alice] the connection was recovered and ended at once because of a fault: close with"
                + " 1012 for recover() from user \"ali…\n")
        .withMessageContaining("s: close with 1012 for recover() from user \"alice\"")
        .withMessageContaining("the service still has the connection: recover() again to go on");
    assertThatExceptionOfType(RecoveryRefusedException.class)
        .isThrownBy(bob::recover)
        .withMessageContaining("ended at once because of a fault: close with 1011 for")
        .withMessageContaining("connect another client to go on");
    assertThat(alice).receivesText("missed");
    alice.recover();
    assertThat(alice).isConnected();
  }

  @Test
  @DisplayName("a takeover that a fault refuses leaves the client connected, and says so")
  void refusedTakeover() {
    PubSubClient alice = reliable("alice");
    service.faults().handshake(recover()).refuse();

    assertThatExceptionOfType(RecoveryRefusedException.class)
        .isThrownBy(alice::recover)
        .withMessageContaining("the client is still connected, over its earlier socket");
    assertThat(alice).isConnected();
  }

  @Test
  @DisplayName("a recovery leaves out messages, which the next one brings")
  void gap() {
    PubSubClient alice = reliable("alice");
    service.faults().handshake(recover()).withGap(2);
    alice.dropConnection();
    service.sendToAll("1");
    service.sendToAll("2");
    service.sendToAll("3");

    alice.recover();
    assertThat(alice).receivesText("3");
    assertThat(alice).hasReceivedExactly("3");
    assertThat(service.timeline()).contains("fault: gap of 2 messages for recover(), 1 of 1");
  }

  @Test
  @DisplayName("an answer may have a body")
  void body() {
    service.faults().handshake(connect()).answer(403, text("not today"));
    try (WireSocket socket = handshake()) {
      HttpAnswer answer = HttpAnswer.read(socket, "GET");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).isEqualTo("not today");
      assertThat(answer.header("Content-Type")).contains("text/plain; charset=utf-8");
    }
  }

  @Test
  @DisplayName("an effect that a kind of handshake cannot have is refused, and two of them")
  void wrongKinds() {
    Faults faults = service.faults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.handshake(connect()).refuse())
        .withMessage(
            "refuse() is for recoveries, but connect() is not: answer(status) refuses a new client."
                + " Use recover()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.handshake(anyHandshake()).withGap(1))
        .withMessageContaining("only they replay messages");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.handshake(recover()).withoutConnected())
        .withMessageContaining("a recovery brings no connected message in any case");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.handshake(connect()).withSubprotocol("a b"))
        .withMessage("not a subprotocol: \"a b\"");
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.handshake(recover()).refuse().withGap(1))
        .withMessageStartingWith(
            "a handshake that is accepted is not accepted otherwise: refusal with 1008 for");
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.handshake(recover()).refuse().answer(503));
  }

  /** A handshake by hand, sent and not answered yet. */
  private WireSocket handshake() {
    return handshake("");
  }

  private WireSocket handshake(String moreLines) {
    URI url = service.clientUrl(asUser("alice"));
    WireSocket socket = WireSocket.connect(service.endpoint());
    socket.send(
        ("GET "
                + url.getRawPath()
                + "?"
                + url.getRawQuery()
                + " HTTP/1.1\r\nHost: "
                + url.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                + moreLines
                + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
