package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RELIABLE;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireFrame.CLOSE;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Client-protocols F.1, F.2: sequence ids, acknowledgement, what is kept and for how long. */
class ReliableConformanceTest {

  private static final String MAX = "18446744073709551615";

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // client-protocols A.4, F.1

  @Test
  @DisplayName("C046 connected has a reconnectionToken")
  void connectedHasToken() {
    WireJsonClient client = fixture.reliable(fixture.token().user("alice"));

    assertThat(client.wire().subprotocol()).contains(RELIABLE);
    assertThat(client.reconnectionToken()).isNotEmpty();
    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'alice','connectionId':'%s','reconnectionToken':'%s'}"
                    .formatted(client.connectionId(), client.reconnectionToken())));
    client.expectOpen();
  }

  @Test
  @DisplayName("C048 of both JSON subprotocols the one offered first is selected")
  void reliableFirst() {
    WireJsonClient client =
        fixture.openJson(fixture.request(fixture.token()).offering(RELIABLE, JSON));

    assertThat(client.wire().subprotocol()).contains(RELIABLE);
  }

  @Test
  @DisplayName(
      "client-protocols B.6: a reconnection token is no access token, nor the other way round")
  void tokensAreNotInterchangeable() {
    WireJsonClient client = fixture.reliable(fixture.token());

    assertThat(fixture.refused(FakeFixture.requestWith(client.reconnectionToken())).status())
        .isEqualTo(401);
    fixture.expectRefused(
        FakeFixture.recovery(
            FakeFixture.HUB, client.connectionId(), fixture.signed(fixture.token())));
    client.expectOpen();
  }

  @Test
  @DisplayName("C185 messages are numbered from 1")
  void numbered() {
    WireJsonClient client = fixture.reliable(fixture.token());

    send(client, "a", "b", "c");

    client.expect(server("a", 1));
    client.expect(server("b", 2));
    client.expect(server("c", 3));
  }

  @Test
  @DisplayName("C186 only messages have a sequenceId; acks and pongs have none")
  void onlyMessagesAreNumbered() {
    WireJsonClient client =
        fixture.reliable(fixture.token().user("alice").roles(RJ, RS).groups("g"));

    for (int i = 1; i <= 2; i++) {
      client.send(
          json("{'type':'sendToGroup','group':'g','dataType':'text','data':'x','ackId':%d}")
              .formatted(i));
      client.expect(
          json(
              "{'type':'message','from':'group','group':'g','fromUserId':'alice','dataType':'text','data':'x','sequenceId':%d}"
                  .formatted(i)));
      client.expectAck(i);
      client.expectOpen();
    }
  }

  @Test
  @DisplayName(
      "C307 what a reliable JSON client receives has no null but connected.userId, and whole acks")
  void shapeOfAllFrames() {
    WireJsonClient client =
        fixture.reliable(fixture.token().roles("webpubsub.joinLeaveGroup.g", RS).groups("h"));
    RestDriver rest = fixture.rest();
    List<String> frames = new ArrayList<>(List.of(client.connected()));

    client.send(
        List.of(
            json("{'type':'joinGroup','group':'g','ackId':1}"),
            json("{'type':'sendToGroup','group':'g','data':{'a':null},'ackId':2}"),
            json("{'type':'leaveGroup','group':'g','ackId':3}"),
            json("{'type':'joinGroup','group':'x','ackId':4}"),
            json("{'type':'joinGroup','group':'g','ackId':1}"),
            json("{'type':'ping'}")));
    for (int i = 0; i < 7; i++) {
      frames.add(client.next());
    }
    rest.sendText(group("h"), "");
    rest.sendJson(RestDriver.ALL, "null");
    rest.sendBinary(connection(client.connectionId()));
    rest.closeConnection(client.connectionId(), "bye");
    for (WireFrame frame = client.wire().next();
        frame.opcode() != CLOSE;
        frame = client.wire().next()) {
      assertThat(frame.opcode()).as("%s", frame).isEqualTo(WireFrame.TEXT);
      assertThat(frame.fin()).as("%s", frame).isTrue();
      frames.add(frame.text());
    }

    assertThat(frames).hasSize(12); // connected, 5 acks, own message, pong, 3 sends, disconnected
    frames.forEach(FrameShape::assertReliable);
  }

  // client-protocols F.2

  @Test
  @DisplayName("C187 what was sent without a socket comes in order after the recovery")
  void keptWhileDetached() {
    WireJsonClient client = fixture.reliable(fixture.token());

    client.wire().drop();
    send(client, "a", "b");
    WireJsonClient recovered = fixture.recover(client);

    recovered.expect(server("a", 1));
    recovered.expect(server("b", 2));
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C188 what was not acknowledged is sent again with the same bytes")
  void replaysTheSameBytes() {
    WireJsonClient client = fixture.reliable(fixture.token());
    send(client, "a", "b", "c");
    client.next();
    client.next();
    String third = client.next();

    acknowledge(client, "2");
    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);

    recovered.expect(third);
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C189 a lower acknowledgement after a higher one changes nothing")
  void lowerAcknowledgement() {
    WireJsonClient client = fixture.reliable(fixture.token());
    send(client, "a", "b", "c");
    client.next();
    client.next();
    client.next();

    acknowledge(client, "3");
    acknowledge(client, "1");
    client.wire().drop();

    fixture.recover(client).expectOpen();
  }

  @Test
  @DisplayName("C190 an acknowledgement of the highest number frees what was sent, and no more")
  void highestAcknowledgement() {
    WireJsonClient client = fixture.reliable(fixture.token());
    send(client, "a");
    client.expect(server("a", 1));

    acknowledge(client, MAX);
    send(client, "b");
    client.wire().drop();

    fixture.recover(client).expect(server("b", 2));
  }

  @Test
  @DisplayName("C206 the 1,001st unacknowledged message ends the connection for good")
  void overflow() {
    WireJsonClient client = fixture.reliable(fixture.token());
    String id = client.connectionId();

    sendMany(client, "m", 1_000);
    assertThat(fixture.rest().exists(connection(id))).isTrue();
    sendMany(client, "m", 1);

    assertThat(fixture.rest().exists(connection(id))).isFalse();
    assertThat(client.wire().readToEnd()).noneMatch(frame -> frame.opcode() == CLOSE);
    fixture.expectRefused(FakeFixture.recovery(client));
  }

  @Test
  @DisplayName("C206 closeOnOverflow: the 1,001st unacknowledged message closes with 1008")
  void overflowCloses() {
    fixture.close();
    fixture =
        FakeFixture.of(FakeWebPubSub.builder().clients(clients -> clients.closeOnOverflow(true)));
    WireJsonClient client = fixture.reliable(fixture.token());

    sendMany(client, "m", 1_001);

    for (int i = 1; i <= 1_000; i++) {
      client.expect(server("m", i));
    }
    client.wire().expectClose(1008, "The reliable message buffer is full.");
    fixture.expectRefused(FakeFixture.recovery(client));
  }

  @Test
  @DisplayName("client-protocols C.2: the size of unacknowledged messages is limited, too")
  void overflowOfBytes() {
    fixture.close();
    fixture =
        FakeFixture.of(FakeWebPubSub.builder().limits(limits -> limits.maxQueuedBytes(4_000)));
    WireJsonClient client = fixture.reliable(fixture.token());
    RestDriver rest = fixture.rest();

    rest.sendText(connection(client.connectionId()), "x".repeat(3_000));
    assertThat(rest.exists(connection(client.connectionId()))).isTrue();
    rest.sendText(connection(client.connectionId()), "x".repeat(1_000));

    assertThat(rest.exists(connection(client.connectionId()))).isFalse();
    fixture.expectRefused(FakeFixture.recovery(client));
  }

  @Test
  @DisplayName("C207 acknowledged messages make room for as many others")
  void acknowledgedMakesRoom() {
    WireJsonClient client = fixture.reliable(fixture.token());

    for (int round = 0; round < 2; round++) {
      sendMany(client, "m", 1_000);
      for (int i = 1; i <= 1_000; i++) {
        client.expect(server("m", round * 1_000L + i));
      }
      acknowledge(client, String.valueOf((round + 1) * 1_000));
    }

    client.expectOpen();
  }

  @Test
  @DisplayName("C208 a detached connection ends with its 1,001st unacknowledged message")
  void overflowWhileDetached() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);

    sendMany(client, "m", 1_001);

    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
    fixture.expectRefused(FakeFixture.recovery(client));
  }

  @Test
  @DisplayName("client-protocols F.2: overflow of one member of a group does not harm the others")
  void overflowOfOneMember() {
    fixture.close();
    fixture = FakeFixture.of(FakeWebPubSub.builder().limits(limits -> limits.maxQueuedMessages(2)));
    WireJsonClient silent = fixture.reliable(fixture.token().groups("g"));
    WireJsonClient diligent = fixture.reliable(fixture.token().groups("g"));
    WireJsonClient plain = fixture.json(fixture.token().groups("g"));
    RestDriver rest = fixture.rest();

    for (int i = 1; i <= 3; i++) {
      rest.sendText(group("g"), "m");
      diligent.next();
      acknowledge(diligent, String.valueOf(i));
      plain.next();
    }

    assertThat(rest.exists(connection(silent.connectionId()))).isFalse();
    diligent.expectOpen();
    plain.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols F.2: 1,000 messages of 16 KiB can be recovered, though no socket takes them at once")
  void replaysMegabytes() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);
    String text = "x".repeat(16_000);
    sendMany(client, text, 1_000);

    WireJsonClient recovered = fixture.recover(client);

    for (int i = 1; i <= 1_000; i++) {
      recovered.expect(server(text, i));
    }
    recovered.expectOpen();
  }

  // client-protocols C.2, rest-api 8.1: time to live

  @Test
  @DisplayName(
      "client-protocols Q8: messages whose time to live is over are sent again all the same")
  void timeToLiveIsNotEnforced() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.fake().clock().freeze();
    fixture.detach(client);

    sendWithTimeToLive(client, "a", 1);
    fixture.fake().clock().advanceBy(ofSeconds(20));

    fixture.recover(client).expect(server("a", 1));
  }

  @Test
  @DisplayName(
      "client-protocols Q8 expireByTtl: messages whose time to live is over are not sent again")
  void timeToLiveIsEnforced() {
    fixture.close();
    fixture = FakeFixture.of(FakeWebPubSub.builder().clients(clients -> clients.expireByTtl(true)));
    WireJsonClient client = fixture.reliable(fixture.token().groups("g"));
    fixture.fake().clock().freeze();
    fixture.detach(client);

    sendWithTimeToLive(client, "a", 10);
    sendWithTimeToLive(client, "b", 0);
    sendWithTimeToLive(client, "c", 11);
    sendWithTimeToLive(client, "d", 10);
    fixture.fake().clock().advanceBy(ofSeconds(10));

    WireJsonClient recovered = fixture.recover(client);
    recovered.expect(server("b", 2));
    recovered.expect(server("c", 3));
    recovered.expectOpen();
    fixture.rest().sendText(connection(client.connectionId()), "e");
    recovered.expect(server("e", 5));
  }

  @Test
  @DisplayName(
      "client-protocols Q8 expireByTtl: ttlSeconds of clients, too; what has expired makes room")
  void timeToLiveOfClients() {
    fixture.close();
    fixture =
        FakeFixture.of(
            FakeWebPubSub.builder()
                .clients(clients -> clients.expireByTtl(true))
                .limits(limits -> limits.maxQueuedMessages(2)));
    fixture.fake().clock().freeze();
    WireJsonClient client = fixture.reliable(fixture.token().roles(RS).groups("g"));
    for (int i = 1; i <= 2; i++) {
      client.send(
          json("{'type':'sendToGroup','group':'g','data':1,'ttlSeconds':5,'ackId':%d}")
              .formatted(i));
      client.next();
      client.expectAck(i);
    }

    fixture.fake().clock().advanceBy(ofSeconds(5));
    send(client, "c", "d");

    client.expect(server("c", 3));
    client.expect(server("d", 4));
    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);
    recovered.expect(server("c", 3));
    recovered.expect(server("d", 4));
    recovered.expectOpen();
  }

  private void sendWithTimeToLive(WireJsonClient client, String text, int seconds) {
    HttpAnswer answer =
        fixture
            .rest()
            .call(
                "POST",
                connection(client.connectionId()) + "/:send",
                "&messageTtlSeconds=" + seconds,
                "text/plain",
                text.getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(202);
  }

  private void send(WireJsonClient client, String... texts) {
    for (String text : texts) {
      fixture.rest().sendText(connection(client.connectionId()), text);
    }
  }

  private void sendMany(WireJsonClient client, String text, int count) {
    RestDriver rest = fixture.rest();
    for (int i = 0; i < count; i++) {
      rest.sendText(connection(client.connectionId()), text);
    }
  }

  /** Acknowledges and sees that the service has read it. */
  private static void acknowledge(WireJsonClient client, String sequenceId) {
    client.send(json("{'type':'sequenceAck','sequenceId':%s}").formatted(sequenceId));
    client.expectOpen();
  }

  static String server(String text, long sequenceId) {
    return json("{'type':'message','from':'server','dataType':'text','data':'%s','sequenceId':%d}")
        .formatted(text, sequenceId);
  }
}
