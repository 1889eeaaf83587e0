package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.HUB;
import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RELIABLE;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.FakeFixture.recovery;
import static io.github.webpubsubtestkit.conformance.ReliableConformanceTest.server;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.TestClock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client-protocols F.3, F.4: which connections outlive their sockets, and how they are recovered.
 * What cannot be recovered is answered 101 and then closed with 1008, never with an HTTP status.
 */
class RecoveryConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // what survives

  @Test
  @DisplayName("C191 groups of the token are kept across a recovery")
  void keepsGroups() {
    WireJsonClient client = fixture.reliable(fixture.token().groups("g"));

    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);
    fixture.rest().sendText(group("g"), "hi");

    recovered.expect(groupText("hi", 1));
  }

  @Test
  @DisplayName("C192 remembered ack ids and joined groups are kept across a recovery")
  void keepsAckMemory() {
    WireJsonClient client = fixture.reliable(fixture.token().roles(RJ));
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectAck(1);

    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);
    recovered.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    recovered.expectDuplicate(1);
    fixture.rest().sendText(group("g"), "hi");
    recovered.expect(groupText("hi", 1));
  }

  @Test
  @DisplayName("C309 joining again after a recovery, as the Java client does, makes no second copy")
  void joinsAgain() {
    WireJsonClient client = fixture.reliable(fixture.token().roles(RJ));
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectAck(1);

    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);
    recovered.send(json("{'type':'joinGroup','group':'g','ackId':2}"));

    recovered.expectAck(2);
    fixture.rest().sendText(group("g"), "hi");
    recovered.expect(groupText("hi", 1));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C210 a detached connection and its groups and user exist for REST")
  void existsWhileDetached() {
    WireJsonClient client = fixture.reliable(fixture.token().user("alice").groups("g"));
    fixture.detach(client);

    RestDriver rest = fixture.rest();

    assertThat(rest.exists(connection(client.connectionId()))).isTrue();
    assertThat(rest.exists(group("g"))).isTrue();
    assertThat(rest.exists(user("alice"))).isTrue();
  }

  @Test
  @DisplayName("rest-api 7: a detached connection can be put into a group and is sent its messages")
  void canJoinWhileDetached() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);

    fixture.rest().addToGroup(client.connectionId(), "g");
    fixture.rest().sendText(group("g"), "hi");

    fixture.recover(client).expect(groupText("hi", 1));
  }

  // how a recovery is asked for

  @Test
  @DisplayName("C193 a recovery needs no access_token")
  void withoutAccessToken() {
    WireJsonClient client = fixture.reliable(fixture.token());

    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);

    recovered.expectOpen();
    fixture.rest().sendText(connection(client.connectionId()), "hi");
    recovered.expect(server("hi", 1));
  }

  @Test
  @DisplayName("C194 an expired access_token does not hinder a recovery")
  void withExpiredAccessToken() {
    WireJsonClient client = fixture.reliable(fixture.token());
    TestTokens expired =
        fixture.token().claim("exp", Instant.now().minusSeconds(3_600).getEpochSecond());

    client.wire().drop();
    WireJsonClient recovered = recoverWith(client, expired);

    recovered.expectOpen();
    fixture.rest().sendText(connection(client.connectionId()), "hi");
    recovered.expect(server("hi", 1));
  }

  @Test
  @DisplayName("C304 the access_token of another user in a recovery's URL changes nothing")
  void withAnotherUsersToken() {
    WireJsonClient client = fixture.reliable(fixture.token().user("alice").groups("g"));

    client.wire().drop();
    WireJsonClient recovered = recoverWith(client, fixture.token().user("bob"));

    recovered.expectOpen();
    RestDriver rest = fixture.rest();
    assertThat(rest.exists(user("alice"))).isTrue();
    assertThat(rest.exists(user("bob"))).isFalse();
    rest.sendText(group("g"), "hi");
    recovered.expect(groupText("hi", 1));
  }

  @Test
  @DisplayName(
      "client-protocols F.4: the original subprotocol is selected, whatever a recovery offers")
  void keepsSubprotocol() {
    WireJsonClient client = fixture.reliable(fixture.token());
    client.wire().drop();

    WireClient wire =
        fixture.open(
            UpgradeRequest.to(
                    "/client/?hub=chat&AWPS_CONNECTION_ID=%s&awps_reconnection_token=%s"
                        .formatted(client.connectionId(), client.reconnectionToken()))
                .offering(JSON));

    assertThat(wire.subprotocol()).contains(RELIABLE);
    client.continuedOn(wire).expectOpen();
  }

  @Test
  @DisplayName("client-protocols F.4: a reconnection token can be used any number of times")
  void tokenIsUsedAgain() {
    WireJsonClient client = fixture.reliable(fixture.token());

    for (int i = 1; i <= 3; i++) {
      client.wire().drop();
      client = fixture.recover(client);
      fixture.rest().sendText(connection(client.connectionId()), "m" + i);
      for (int each = 1; each <= i; each++) {
        client.expect(server("m" + each, each));
      }
    }
  }

  @Test
  @DisplayName(
      "C217 connectedAfterRecovery: connected comes first, with a token that recovers once more")
  void connectedAgain() {
    fixture.close();
    fixture =
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.connectedAfterRecovery(true)));
    WireJsonClient client = fixture.reliable(fixture.token().user("alice"));

    client.wire().drop();
    fixture.rest().sendText(connection(client.connectionId()), "hi");
    WireJsonClient recovered = WireJsonClient.on(fixture.open(recovery(client)));

    assertThat(recovered.connectionId()).isEqualTo(client.connectionId());
    assertThat(recovered.connected()).contains("\"userId\":\"alice\"");
    recovered.expect(server("hi", 1));
    recovered.wire().drop();
    WireJsonClient again = WireJsonClient.on(fixture.open(recovery(recovered)));
    again.expect(server("hi", 1));
  }

  // what is refused

  @Test
  @DisplayName("C195 a wrong token is refused and harms nothing")
  void wrongToken() {
    WireJsonClient client = fixture.reliable(fixture.token());
    client.wire().drop();
    fixture.rest().sendText(connection(client.connectionId()), "hi");

    fixture.expectRefused(recovery(HUB, client.connectionId(), "x"));

    WireJsonClient recovered = fixture.recover(client);
    recovered.expect(server("hi", 1));
    recovered.expectOpen();
  }

  @ParameterizedTest(name = "client-protocols F.4: the reconnection token \"{0}\" is refused")
  @ValueSource(strings = {"", "x", "a.b.c", "e30.e30.e30"})
  void malformedToken(String token) {
    WireJsonClient client = fixture.reliable(fixture.token());

    fixture.expectRefused(recovery(HUB, client.connectionId(), token));

    client.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols B.6: a reconnection token is good for a week, without any clock skew")
  void expiredToken() {
    WireJsonClient client = fixture.reliable(fixture.token());
    TestTokens token =
        fixture
            .token()
            .claim("aud", client.connectionId())
            .claim("iss", "https://webpubsub.azure.com");
    long now = Instant.now().getEpochSecond();

    fixture.expectRefused(
        recovery(HUB, client.connectionId(), fixture.signed(token.claim("exp", now - 1))));
    client.expectOpen();
    client.wire().drop();
    WireClient recovered =
        fixture.open(
            recovery(HUB, client.connectionId(), fixture.signed(token.claim("exp", now + 60))));

    client.continuedOn(recovered).expectOpen();
  }

  @Test
  @DisplayName("C196 the recovery of an unknown connection is answered 101, then 1008")
  void unknownConnection() {
    WireClient client = fixture.open(recovery(HUB, "nope", "x"));

    assertThat(client.subprotocol()).contains(RELIABLE);
    client.expectClose(1008, "The connection could not be recovered.");
  }

  @Test
  @DisplayName("C197 the token of another connection is refused and harms neither")
  void anothersToken() {
    WireJsonClient first = fixture.reliable(fixture.token());
    WireJsonClient second = fixture.reliable(fixture.token());

    fixture.expectRefused(recovery(HUB, first.connectionId(), second.reconnectionToken()));

    first.expectOpen();
    second.expectOpen();
  }

  @Test
  @DisplayName("C198 a connection is recovered in its own hub only, in any case of letters")
  void anotherHub() {
    WireJsonClient client = fixture.reliable(fixture.token());
    client.wire().drop();

    fixture.expectRefused(recovery("other", client.connectionId(), client.reconnectionToken()));

    WireClient recovered =
        fixture.open(recovery("CHAT", client.connectionId(), client.reconnectionToken()));
    client.continuedOn(recovered).expectOpen();
    assertThat(fixture.rest().exists(connection(client.connectionId()))).isTrue();
  }

  @Test
  @DisplayName(
      "client-protocols F.3: until the window is over a connection can be recovered, again and again")
  void windowIsNotOver() {
    TestClock clock = fixture.fake().clock();
    clock.freeze();
    WireJsonClient client = fixture.reliable(fixture.token());

    for (int i = 0; i < 3; i++) {
      fixture.detach(client);
      clock.advanceBy(ofMillis(29_999));
      client = fixture.recover(client);
      client.expectOpen();
      clock.advanceBy(ofSeconds(60)); // nothing is left of the window
      client.expectOpen();
    }
  }

  @Test
  @DisplayName("client-protocols D12 recoveryWindow: as long as the fake was built with")
  void otherWindow() {
    fixture.close();
    fixture =
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.recoveryWindow(ofSeconds(60))));
    TestClock clock = fixture.fake().clock();
    clock.freeze();
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);

    clock.advanceBy(ofSeconds(59));
    assertThat(fixture.rest().exists(connection(client.connectionId()))).isTrue();
    clock.advanceBy(ofSeconds(1));

    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
  }

  @Test
  @DisplayName("C310 a failed recovery does not lengthen the window")
  void failedRecoveryAndWindow() {
    TestClock clock = fixture.fake().clock();
    clock.freeze();
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);

    clock.advanceBy(ofSeconds(29));
    fixture.expectRefused(recovery(HUB, client.connectionId(), "x"));
    assertThat(fixture.rest().exists(connection(client.connectionId()))).isTrue();
    clock.advanceBy(ofSeconds(1));

    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("client-protocols B.6: a reconnection token is good for 7 days")
  void lifeOfToken() {
    TestClock clock = fixture.fake().clock();
    clock.freeze();
    WireJsonClient client = fixture.reliable(fixture.token());

    clock.advanceBy(ofDays(7).minusSeconds(2));
    WireJsonClient recovered = fixture.recover(client);
    clock.advanceBy(ofSeconds(3));

    fixture.expectRefused(recovery(recovered));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C199 after the window there is nothing to recover")
  void windowIsOver() {
    WireJsonClient client = fixture.reliable(fixture.token().user("alice").groups("g"));
    fixture.fake().clock().freeze();
    fixture.detach(client);

    fixture.fake().clock().advanceBy(ofSeconds(30));

    fixture.expectRefused(recovery(client));
    assertThat(fixture.rest().exists(user("alice"))).isFalse();
    assertThat(fixture.rest().exists(group("g"))).isFalse();
    assertThat(fixture.fake().timeline())
        .containsOnlyOnce("The connection recovery timeout expired.");
  }

  @Test
  @DisplayName("C211 a connection that is not reliable cannot be recovered and is not harmed")
  void notReliable() {
    WireJsonClient original = fixture.json(fixture.token());

    fixture.expectRefused(recovery(HUB, original.connectionId(), "x"));

    original.expectOpen();
    assertThat(fixture.rest().exists(connection(original.connectionId()))).isTrue();
  }

  @Test
  @DisplayName("C212 a connection that is not reliable ends with its socket")
  void plainEndsWithSocket() {
    WireJsonClient client = fixture.json(fixture.token());

    fixture.detach(client);

    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
    assertThat(fixture.fake().timeline()).containsOnlyOnce("socket lost");
  }

  @Test
  @DisplayName("C213 a reconnection token without a connection id makes an ordinary connection")
  void tokenOnly() {
    WireJsonClient client =
        fixture.openJson(
            fixture
                .request(fixture.token().user("alice"), "&awps_reconnection_token=x")
                .offering(JSON));

    assertThat(client.connected()).contains("\"userId\":\"alice\"");
    client.expectOpen();
  }

  @Test
  @DisplayName("C214 an empty connection id counts as none")
  void emptyId() {
    WireJsonClient client =
        fixture.openJson(
            fixture.request(fixture.token().user("alice"), "&awps_connection_id=").offering(JSON));

    assertThat(client.connected()).contains("\"userId\":\"alice\"");
    client.expectOpen();
  }

  // what ends a connection for good, and what does not

  @Test
  @DisplayName("C200 a close with 1000 is echoed and final")
  void closed() {
    WireJsonClient client = fixture.reliable(fixture.token());

    client.wire().sendClose(1000, "done");

    client.wire().expectCloseFrame(1000, "done");
    client.wire().expectEnd();
    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C303 a close frame without a status is answered 1000 and final")
  void closedWithoutStatus() {
    WireJsonClient client = fixture.reliable(fixture.token().groups("g"));

    client.wire().sendClose();

    client.wire().expectCloseFrame(1000, "");
    client.wire().expectEnd();
    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
    assertThat(fixture.rest().exists(group("g"))).isFalse();
    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName(
      "client-protocols D17 keepOnCloseWithoutStatus: such a close leaves the connection recoverable")
  void keptWithoutStatus() {
    fixture.close();
    fixture =
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepOnCloseWithoutStatus(true)));
    WireJsonClient client = fixture.reliable(fixture.token());

    client.wire().sendClose();

    client.wire().expectEnd();
    fixture.recover(client).expectOpen();
  }

  @ParameterizedTest(name = "C201 after a close with {0} the connection can be recovered")
  @ValueSource(ints = {1001, 4000})
  void closedWithAnotherCode(int code) {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.rest().sendText(connection(client.connectionId()), "hi");
    client.expect(server("hi", 1));

    client.wire().sendClose(code, "later");

    client.wire().expectEnd();
    WireJsonClient recovered = fixture.recover(client);
    recovered.expect(server("hi", 1));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C202 a close by REST is final, and its text comes first")
  void closedByRest() {
    WireJsonClient client = fixture.reliable(fixture.token());

    fixture.rest().closeConnection(client.connectionId(), "bye");

    client.expectClosedByApplication("Application server closed the connection. Reason: bye");
    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C203 a close by REST is final for a detached connection, too")
  void closedByRestWhileDetached() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);

    fixture.rest().closeConnection(client.connectionId(), "");

    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C204 a close for an invalid message is final")
  void closedForViolation() {
    WireJsonClient client = fixture.reliable(fixture.token());

    client.send("nonsense");

    client.expectInvalid();
    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C205 a recovery takes over from a socket that is still open")
  void takeover() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.rest().sendText(connection(client.connectionId()), "a");
    client.expect(server("a", 1));

    WireJsonClient recovered = fixture.recover(client);

    client.wire().expectEnd();
    recovered.expect(server("a", 1));
    fixture.rest().sendText(connection(client.connectionId()), "b");
    recovered.expect(server("b", 2));
    recovered.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols F.4: what the old socket still sends and how it ends is of no matter after a takeover")
  void oldSocketIsHarmless() {
    WireJsonClient client = fixture.reliable(fixture.token().roles(RS).groups("g"));

    WireJsonClient recovered = fixture.recover(client);
    client.wire().drop();
    recovered.expectOpen();
    WireJsonClient third = fixture.recover(recovered);
    recovered.wire().expectEnd();

    third.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi','ackId':1}"));
    third.expect(groupText("hi", 1));
    third.expectAck(1);
  }

  private WireJsonClient recoverWith(WireJsonClient client, TestTokens accessToken) {
    WireClient wire =
        fixture.open(
            fixture
                .request(
                    accessToken,
                    "&awps_connection_id=%s&awps_reconnection_token=%s"
                        .formatted(client.connectionId(), client.reconnectionToken()))
                .offering(RELIABLE));
    assertThat(wire.subprotocol()).contains(RELIABLE);
    return client.continuedOn(wire);
  }

  private static String groupText(String text, long sequenceId) {
    return json("{'type':'message','from':'group','group':'g','dataType':'text','data':'%s','sequenceId':%d}")
        .formatted(text, sequenceId);
  }
}
