package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.Bench.HUB;
import static io.github.webpubsubtestkit.conformance.Bench.JSON;
import static io.github.webpubsubtestkit.conformance.Bench.RELIABLE;
import static io.github.webpubsubtestkit.conformance.Bench.RJ;
import static io.github.webpubsubtestkit.conformance.Bench.RS;
import static io.github.webpubsubtestkit.conformance.Bench.recovery;
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

  private Bench bench;

  @BeforeEach
  void start() {
    bench = Bench.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  // what survives

  @Test
  @DisplayName("C191 groups of the token are kept across a recovery")
  void keepsGroups() {
    WireJsonClient client = bench.reliable(bench.token().groups("g"));

    client.wire().drop();
    WireJsonClient recovered = bench.recover(client);
    bench.rest().sendText(group("g"), "hi");

    recovered.expect(groupText("hi", 1));
  }

  @Test
  @DisplayName("C192 remembered ack ids and joined groups are kept across a recovery")
  void keepsAckMemory() {
    WireJsonClient client = bench.reliable(bench.token().roles(RJ));
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectAck(1);

    client.wire().drop();
    WireJsonClient recovered = bench.recover(client);
    recovered.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    recovered.expectDuplicate(1);
    bench.rest().sendText(group("g"), "hi");
    recovered.expect(groupText("hi", 1));
  }

  @Test
  @DisplayName("C309 joining again after a recovery, as the Java client does, makes no second copy")
  void joinsAgain() {
    WireJsonClient client = bench.reliable(bench.token().roles(RJ));
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectAck(1);

    client.wire().drop();
    WireJsonClient recovered = bench.recover(client);
    recovered.send(json("{'type':'joinGroup','group':'g','ackId':2}"));

    recovered.expectAck(2);
    bench.rest().sendText(group("g"), "hi");
    recovered.expect(groupText("hi", 1));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C210 a detached connection and its groups and user exist for REST")
  void existsWhileDetached() {
    WireJsonClient client = bench.reliable(bench.token().user("alice").groups("g"));
    bench.detach(client);

    RestDriver rest = bench.rest();

    assertThat(rest.exists(connection(client.connectionId()))).isTrue();
    assertThat(rest.exists(group("g"))).isTrue();
    assertThat(rest.exists(user("alice"))).isTrue();
  }

  @Test
  @DisplayName("rest-api 7: a detached connection can be put into a group and is sent its messages")
  void canJoinWhileDetached() {
    WireJsonClient client = bench.reliable(bench.token());
    bench.detach(client);

    bench.rest().addToGroup(client.connectionId(), "g");
    bench.rest().sendText(group("g"), "hi");

    bench.recover(client).expect(groupText("hi", 1));
  }

  // how a recovery is asked for

  @Test
  @DisplayName("C193 a recovery needs no access_token")
  void withoutAccessToken() {
    WireJsonClient client = bench.reliable(bench.token());

    client.wire().drop();
    WireJsonClient recovered = bench.recover(client);

    recovered.expectOpen();
    bench.rest().sendText(connection(client.connectionId()), "hi");
    recovered.expect(server("hi", 1));
  }

  @Test
  @DisplayName("C194 an expired access_token does not hinder a recovery")
  void withExpiredAccessToken() {
    WireJsonClient client = bench.reliable(bench.token());
    TestTokens expired =
        bench.token().claim("exp", Instant.now().minusSeconds(3_600).getEpochSecond());

    client.wire().drop();
    WireJsonClient recovered = recoverWith(client, expired);

    recovered.expectOpen();
    bench.rest().sendText(connection(client.connectionId()), "hi");
    recovered.expect(server("hi", 1));
  }

  @Test
  @DisplayName("C304 the access_token of another user in a recovery's URL changes nothing")
  void withAnotherUsersToken() {
    WireJsonClient client = bench.reliable(bench.token().user("alice").groups("g"));

    client.wire().drop();
    WireJsonClient recovered = recoverWith(client, bench.token().user("bob"));

    recovered.expectOpen();
    RestDriver rest = bench.rest();
    assertThat(rest.exists(user("alice"))).isTrue();
    assertThat(rest.exists(user("bob"))).isFalse();
    rest.sendText(group("g"), "hi");
    recovered.expect(groupText("hi", 1));
  }

  @Test
  @DisplayName(
      "client-protocols F.4: the original subprotocol is selected, whatever a recovery offers")
  void keepsSubprotocol() {
    WireJsonClient client = bench.reliable(bench.token());
    client.wire().drop();

    WireClient wire =
        bench.open(
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
    WireJsonClient client = bench.reliable(bench.token());

    for (int i = 1; i <= 3; i++) {
      client.wire().drop();
      client = bench.recover(client);
      bench.rest().sendText(connection(client.connectionId()), "m" + i);
      for (int each = 1; each <= i; each++) {
        client.expect(server("m" + each, each));
      }
    }
  }

  @Test
  @DisplayName(
      "C217 connectedAfterRecovery: connected comes first, with a token that recovers once more")
  void connectedAgain() {
    bench.close();
    bench =
        Bench.of(FakeWebPubSub.builder().clients(clients -> clients.connectedAfterRecovery(true)));
    WireJsonClient client = bench.reliable(bench.token().user("alice"));

    client.wire().drop();
    bench.rest().sendText(connection(client.connectionId()), "hi");
    WireJsonClient recovered = WireJsonClient.on(bench.open(recovery(client)));

    assertThat(recovered.connectionId()).isEqualTo(client.connectionId());
    assertThat(recovered.connected()).contains("\"userId\":\"alice\"");
    recovered.expect(server("hi", 1));
    recovered.wire().drop();
    WireJsonClient again = WireJsonClient.on(bench.open(recovery(recovered)));
    again.expect(server("hi", 1));
  }

  // what is refused

  @Test
  @DisplayName("C195 a wrong token is refused and harms nothing")
  void wrongToken() {
    WireJsonClient client = bench.reliable(bench.token());
    client.wire().drop();
    bench.rest().sendText(connection(client.connectionId()), "hi");

    bench.expectRefused(recovery(HUB, client.connectionId(), "x"));

    WireJsonClient recovered = bench.recover(client);
    recovered.expect(server("hi", 1));
    recovered.expectOpen();
  }

  @ParameterizedTest(name = "client-protocols F.4: the reconnection token \"{0}\" is refused")
  @ValueSource(strings = {"", "x", "a.b.c", "e30.e30.e30"})
  void malformedToken(String token) {
    WireJsonClient client = bench.reliable(bench.token());

    bench.expectRefused(recovery(HUB, client.connectionId(), token));

    client.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols B.6: a reconnection token is good for a week, without any clock skew")
  void expiredToken() {
    WireJsonClient client = bench.reliable(bench.token());
    TestTokens token =
        bench
            .token()
            .claim("aud", client.connectionId())
            .claim("iss", "https://webpubsub.azure.com");
    long now = Instant.now().getEpochSecond();

    bench.expectRefused(
        recovery(HUB, client.connectionId(), bench.signed(token.claim("exp", now - 1))));
    client.expectOpen();
    client.wire().drop();
    WireClient recovered =
        bench.open(
            recovery(HUB, client.connectionId(), bench.signed(token.claim("exp", now + 60))));

    client.continuedOn(recovered).expectOpen();
  }

  @Test
  @DisplayName("C196 the recovery of an unknown connection is answered 101, then 1008")
  void unknownConnection() {
    WireClient client = bench.open(recovery(HUB, "nope", "x"));

    assertThat(client.subprotocol()).contains(RELIABLE);
    client.expectClose(1008, "The connection could not be recovered.");
  }

  @Test
  @DisplayName("C197 the token of another connection is refused and harms neither")
  void anothersToken() {
    WireJsonClient first = bench.reliable(bench.token());
    WireJsonClient second = bench.reliable(bench.token());

    bench.expectRefused(recovery(HUB, first.connectionId(), second.reconnectionToken()));

    first.expectOpen();
    second.expectOpen();
  }

  @Test
  @DisplayName("C198 a connection is recovered in its own hub only, in any case of letters")
  void anotherHub() {
    WireJsonClient client = bench.reliable(bench.token());
    client.wire().drop();

    bench.expectRefused(recovery("other", client.connectionId(), client.reconnectionToken()));

    WireClient recovered =
        bench.open(recovery("CHAT", client.connectionId(), client.reconnectionToken()));
    client.continuedOn(recovered).expectOpen();
    assertThat(bench.rest().exists(connection(client.connectionId()))).isTrue();
  }

  @Test
  @DisplayName(
      "client-protocols F.3: until the window is over a connection can be recovered, again and again")
  void windowIsNotOver() {
    TestClock clock = bench.fake().clock();
    clock.freeze();
    WireJsonClient client = bench.reliable(bench.token());

    for (int i = 0; i < 3; i++) {
      bench.detach(client);
      clock.advanceBy(ofMillis(29_999));
      client = bench.recover(client);
      client.expectOpen();
      clock.advanceBy(ofSeconds(60)); // nothing is left of the window
      client.expectOpen();
    }
  }

  @Test
  @DisplayName("client-protocols D12 recoveryWindow: as long as the fake was built with")
  void otherWindow() {
    bench.close();
    bench =
        Bench.of(FakeWebPubSub.builder().clients(clients -> clients.recoveryWindow(ofSeconds(60))));
    TestClock clock = bench.fake().clock();
    clock.freeze();
    WireJsonClient client = bench.reliable(bench.token());
    bench.detach(client);

    clock.advanceBy(ofSeconds(59));
    assertThat(bench.rest().exists(connection(client.connectionId()))).isTrue();
    clock.advanceBy(ofSeconds(1));

    assertThat(bench.rest().exists(connection(client.connectionId()))).isFalse();
  }

  @Test
  @DisplayName("C310 a failed recovery does not lengthen the window")
  void failedRecoveryAndWindow() {
    TestClock clock = bench.fake().clock();
    clock.freeze();
    WireJsonClient client = bench.reliable(bench.token());
    bench.detach(client);

    clock.advanceBy(ofSeconds(29));
    bench.expectRefused(recovery(HUB, client.connectionId(), "x"));
    assertThat(bench.rest().exists(connection(client.connectionId()))).isTrue();
    clock.advanceBy(ofSeconds(1));

    assertThat(bench.rest().exists(connection(client.connectionId()))).isFalse();
    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("client-protocols B.6: a reconnection token is good for 7 days")
  void lifeOfToken() {
    TestClock clock = bench.fake().clock();
    clock.freeze();
    WireJsonClient client = bench.reliable(bench.token());

    clock.advanceBy(ofDays(7).minusSeconds(2));
    WireJsonClient recovered = bench.recover(client);
    clock.advanceBy(ofSeconds(3));

    bench.expectRefused(recovery(recovered));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C199 after the window there is nothing to recover")
  void windowIsOver() {
    WireJsonClient client = bench.reliable(bench.token().user("alice").groups("g"));
    bench.fake().clock().freeze();
    bench.detach(client);

    bench.fake().clock().advanceBy(ofSeconds(30));

    bench.expectRefused(recovery(client));
    assertThat(bench.rest().exists(user("alice"))).isFalse();
    assertThat(bench.rest().exists(group("g"))).isFalse();
    assertThat(bench.fake().timeline())
        .containsOnlyOnce("The connection recovery timeout expired.");
  }

  @Test
  @DisplayName("C211 a connection that is not reliable cannot be recovered and is not harmed")
  void notReliable() {
    WireJsonClient original = bench.json(bench.token());

    bench.expectRefused(recovery(HUB, original.connectionId(), "x"));

    original.expectOpen();
    assertThat(bench.rest().exists(connection(original.connectionId()))).isTrue();
  }

  @Test
  @DisplayName("C212 a connection that is not reliable ends with its socket")
  void plainEndsWithSocket() {
    WireJsonClient client = bench.json(bench.token());

    bench.detach(client);

    assertThat(bench.rest().exists(connection(client.connectionId()))).isFalse();
    assertThat(bench.fake().timeline()).containsOnlyOnce("socket lost");
  }

  @Test
  @DisplayName("C213 a reconnection token without a connection id makes an ordinary connection")
  void tokenOnly() {
    WireJsonClient client =
        bench.openJson(
            bench
                .request(bench.token().user("alice"), "&awps_reconnection_token=x")
                .offering(JSON));

    assertThat(client.connected()).contains("\"userId\":\"alice\"");
    client.expectOpen();
  }

  @Test
  @DisplayName("C214 an empty connection id counts as none")
  void emptyId() {
    WireJsonClient client =
        bench.openJson(
            bench.request(bench.token().user("alice"), "&awps_connection_id=").offering(JSON));

    assertThat(client.connected()).contains("\"userId\":\"alice\"");
    client.expectOpen();
  }

  // what ends a connection for good, and what does not

  @Test
  @DisplayName("C200 a close with 1000 is echoed and final")
  void closed() {
    WireJsonClient client = bench.reliable(bench.token());

    client.wire().sendClose(1000, "done");

    client.wire().expectCloseFrame(1000, "done");
    client.wire().expectEnd();
    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C303 a close frame without a status is answered 1000 and final")
  void closedWithoutStatus() {
    WireJsonClient client = bench.reliable(bench.token().groups("g"));

    client.wire().sendClose();

    client.wire().expectCloseFrame(1000, "");
    client.wire().expectEnd();
    assertThat(bench.rest().exists(connection(client.connectionId()))).isFalse();
    assertThat(bench.rest().exists(group("g"))).isFalse();
    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName(
      "client-protocols D17 keepOnCloseWithoutStatus: such a close leaves the connection recoverable")
  void keptWithoutStatus() {
    bench.close();
    bench =
        Bench.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepOnCloseWithoutStatus(true)));
    WireJsonClient client = bench.reliable(bench.token());

    client.wire().sendClose();

    client.wire().expectEnd();
    bench.recover(client).expectOpen();
  }

  @ParameterizedTest(name = "C201 after a close with {0} the connection can be recovered")
  @ValueSource(ints = {1001, 4000})
  void closedWithAnotherCode(int code) {
    WireJsonClient client = bench.reliable(bench.token());
    bench.rest().sendText(connection(client.connectionId()), "hi");
    client.expect(server("hi", 1));

    client.wire().sendClose(code, "later");

    client.wire().expectEnd();
    WireJsonClient recovered = bench.recover(client);
    recovered.expect(server("hi", 1));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C202 a close by REST is final, and its text comes first")
  void closedByRest() {
    WireJsonClient client = bench.reliable(bench.token());

    bench.rest().closeConnection(client.connectionId(), "bye");

    client.expectClosedByApplication("Application server closed the connection. Reason: bye");
    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C203 a close by REST is final for a detached connection, too")
  void closedByRestWhileDetached() {
    WireJsonClient client = bench.reliable(bench.token());
    bench.detach(client);

    bench.rest().closeConnection(client.connectionId(), "");

    assertThat(bench.rest().exists(connection(client.connectionId()))).isFalse();
    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C204 a close for an invalid message is final")
  void closedForViolation() {
    WireJsonClient client = bench.reliable(bench.token());

    client.send("nonsense");

    client.expectInvalid();
    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("C205 a recovery takes over from a socket that is still open")
  void takeover() {
    WireJsonClient client = bench.reliable(bench.token());
    bench.rest().sendText(connection(client.connectionId()), "a");
    client.expect(server("a", 1));

    WireJsonClient recovered = bench.recover(client);

    client.wire().expectEnd();
    recovered.expect(server("a", 1));
    bench.rest().sendText(connection(client.connectionId()), "b");
    recovered.expect(server("b", 2));
    recovered.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols F.4: what the old socket still sends and how it ends is of no matter after a takeover")
  void oldSocketIsHarmless() {
    WireJsonClient client = bench.reliable(bench.token().roles(RS).groups("g"));

    WireJsonClient recovered = bench.recover(client);
    client.wire().drop();
    recovered.expectOpen();
    WireJsonClient third = bench.recover(recovered);
    recovered.wire().expectEnd();

    third.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi','ackId':1}"));
    third.expect(groupText("hi", 1));
    third.expectAck(1);
  }

  private WireJsonClient recoverWith(WireJsonClient client, TestTokens accessToken) {
    WireClient wire =
        bench.open(
            bench
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
