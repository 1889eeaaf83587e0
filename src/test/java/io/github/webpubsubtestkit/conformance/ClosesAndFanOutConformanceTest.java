package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RELIABLE;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.ALL;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireFrame.CLOSE;
import static io.github.webpubsubtestkit.conformance.WireFrame.CONTINUATION;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client-protocols L.9, I and J: closes, fan-out and limits, as far as no reliable client takes
 * part.
 */
class ClosesAndFanOutConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // client-protocols I.2: closed by the application

  @Test
  @DisplayName("C253 a close by REST is told in a disconnected message, then 1000 without reason")
  void closedByRest() {
    WireJsonClient client = fixture.json(fixture.token());

    fixture.rest().closeConnection(client.connectionId(), "");

    client.expectClosedByApplication("Application server closed the connection.");
  }

  @Test
  @DisplayName("C254 the REST reason follows in the message, not in the close frame")
  void closedByRestWithReason() {
    WireJsonClient client = fixture.json(fixture.token());

    fixture.rest().closeConnection(client.connectionId(), "bye");

    client.expectClosedByApplication("Application server closed the connection. Reason: bye");
  }

  @Test
  @DisplayName("C255 a reason of 500 characters arrives whole")
  void longReason() {
    WireJsonClient client = fixture.json(fixture.token());

    fixture.rest().closeConnection(client.connectionId(), "r".repeat(500));

    client.expectClosedByApplication(
        "Application server closed the connection. Reason: " + "r".repeat(500));
  }

  @Test
  @DisplayName("C256 closing a user closes all connections of that user and no others")
  void closeUser() {
    WireJsonClient first = fixture.json(fixture.token().user("alice"));
    WireJsonClient second = fixture.json(fixture.token().user("alice"));
    WireJsonClient bob = fixture.json(fixture.token().user("bob"));

    fixture.rest().closeConnections(user("alice"), "");

    first.expectClosedByApplication("Application server closed the connection.");
    second.expectClosedByApplication("Application server closed the connection.");
    bob.expectOpen();
  }

  @Test
  @DisplayName("C257 closing all leaves the excluded ones open")
  void closeAll() {
    WireJsonClient first = fixture.json(fixture.token());
    WireJsonClient excluded = fixture.json(fixture.token());
    WireJsonClient third = fixture.json(fixture.token());

    fixture.rest().closeConnections(ALL, "", excluded.connectionId());

    first.expectClosedByApplication("Application server closed the connection.");
    third.expectClosedByApplication("Application server closed the connection.");
    excluded.expectOpen();
  }

  // client-protocols I.3: closed by the client

  @Test
  @DisplayName("C258 a client's close 1000 is echoed with its reason")
  void closedByClient() {
    WireJsonClient client = fixture.json(fixture.token());

    client.wire().sendClose(1000, "done");

    client.wire().expectCloseFrame(1000, "done");
  }

  @Test
  @DisplayName("C259 a group ends with its last member")
  void groupEndsWithMember() {
    WireJsonClient client = fixture.json(fixture.token().groups("g"));
    RestDriver rest = fixture.rest();
    assertThat(rest.exists(group("g"))).isTrue();

    client.wire().sendClose(1000, "");
    client.wire().expectCloseFrame(1000, "");
    client.wire().expectEnd();

    assertThat(rest.exists(group("g"))).isFalse();
  }

  @ParameterizedTest(
      name =
          "C302 after its close 1000 a client of {0} sees the echo and the end of TCP, and is gone for REST")
  @ValueSource(strings = {JSON, RELIABLE})
  void closeHandshake(String subprotocol) {
    WireJsonClient client =
        fixture.openJson(fixture.request(fixture.token()).offering(subprotocol));
    RestDriver rest = fixture.rest();
    assertThat(rest.exists(connection(client.connectionId()))).isTrue();

    client.wire().sendClose(1000, "done");

    client.wire().expectCloseFrame(1000, "done");
    client.wire().expectEnd();
    assertThat(rest.exists(connection(client.connectionId()))).isFalse();
  }

  @Test
  @DisplayName(
      "client-protocols I.3, near C303: a close frame without status is answered 1000 on the plain subprotocol too")
  void closeWithoutStatus() {
    WireJsonClient client = fixture.json(fixture.token().groups("g"));
    RestDriver rest = fixture.rest();

    client.wire().sendClose();

    client.wire().expectCloseFrame(1000, "");
    client.wire().expectEnd();
    assertThat(rest.exists(connection(client.connectionId()))).isFalse();
    assertThat(rest.exists(group("g"))).isFalse();
  }

  @Test
  @DisplayName("C305 a close frame of one byte closes with 1002")
  void malformedClose() {
    WireJsonClient client = fixture.json(fixture.token());

    client.wire().sendClose((byte) 3);

    client.wire().expectClose(1002);
  }

  @ParameterizedTest(
      name =
          "C308 a close with code 4000 ends a client of subprotocol \"{0}\" without a close frame")
  @ValueSource(strings = {"", JSON})
  void closedWithOtherCode(String subprotocol) {
    UpgradeRequest request = fixture.request(fixture.token().user("alice").groups("g"));
    boolean simple = subprotocol.isEmpty();
    WireClient client =
        simple ? fixture.open(request) : fixture.openJson(request.offering(subprotocol)).wire();
    RestDriver rest = fixture.rest();
    assertThat(rest.exists(user("alice"))).isTrue();

    client.sendClose(4000, "mine");

    client.expectEnd();
    assertThat(rest.exists(user("alice"))).isFalse();
    assertThat(rest.exists(group("g"))).isFalse();
  }

  // client-protocols I.3: closed by the service

  @Test
  @DisplayName("C260 no disconnected message precedes the close for a violation")
  void violation() {
    WireJsonClient client = fixture.json(fixture.token());

    client.send("nonsense");

    client.wire().expectCloseFrame(1007, WireJsonClient.INVALID);
  }

  @Test
  @DisplayName("C269 a continuation frame that continues nothing closes with 1002")
  void strayContinuation() {
    WireJsonClient client = fixture.json(fixture.token());

    client.wire().send(new WireFrame(true, CONTINUATION, new byte[] {'x'}));

    client.wire().expectClose(1002, "The client frame is invalid.");
  }

  @Test
  @DisplayName(
      "C261 a client that does not read is cut off without a close frame once its queue is full")
  void slowConsumer() {
    String text = "x".repeat(100_000);
    try (FakeFixture small =
        FakeFixture.of(
            FakeWebPubSub.builder()
                .limits(limits -> limits.maxQueuedMessages(10).maxQueuedBytes(500_000)))) {
      UpgradeRequest request = small.request(small.token().user("alice").groups("g"));
      WireSocket socket = small.socketWithReceiveBuffer(4096);
      socket.send(request.bytes(small.endpoint()));
      WireClient client = WireClient.upgraded(socket, request);
      RestDriver rest = small.rest();

      // the operating system takes some megabytes before the queue grows; 40 MB are more than it
      // ever takes
      int sends = 0;
      while (sends < 400 && rest.exists(user("alice"))) {
        rest.sendText(group("g"), text);
        sends++;
      }

      assertThat(rest.exists(user("alice"))).as("exists after %d sends", sends).isFalse();
      assertThat(client.readToEnd()).noneMatch(frame -> frame.opcode() == CLOSE);
    }
  }

  // J: fan-out

  @Test
  @DisplayName("C262 all members see a group's messages in the order of sending")
  void order() {
    WireJsonClient first = fixture.json(fixture.token().groups("g"));
    WireJsonClient second = fixture.json(fixture.token().groups("g"));
    RestDriver rest = fixture.rest();

    for (int i = 1; i <= 100; i++) {
      rest.sendText(group("g"), String.valueOf(i));
    }

    for (int i = 1; i <= 100; i++) {
      first.expect(groupText(String.valueOf(i)));
      second.expect(groupText(String.valueOf(i)));
    }
  }

  @Test
  @DisplayName("C263 a send to a user reaches all connections of exactly that user")
  void userSend() {
    WireJsonClient first = fixture.json(fixture.token().user("alice"));
    WireJsonClient second = fixture.json(fixture.token().user("alice"));
    RestDriver rest = fixture.rest();

    rest.sendText(user("alice"), "hi");
    rest.sendText(user("Alice"), "not for alice");

    for (WireJsonClient client : List.of(first, second)) {
      client.expect(json("{'type':'message','from':'server','dataType':'text','data':'hi'}"));
      client.expectOpen();
    }
  }

  @Test
  @DisplayName("C264 a broadcast is one copy for a member of several groups")
  void broadcast() {
    WireJsonClient client = fixture.json(fixture.token().groups("g", "h"));

    fixture.rest().sendText(ALL, "hi");

    client.expect(json("{'type':'message','from':'server','dataType':'text','data':'hi'}"));
    client.expectOpen();
  }

  @Test
  @DisplayName("C265 groups of the same name in two hubs have nothing to do with each other")
  void hubs() {
    WireJsonClient inChat = fixture.json(fixture.token().groups("g"));
    String token = fixture.signed(TestTokens.forClient(fixture.endpoint(), "other").groups("g"));
    WireJsonClient inOther =
        fixture.openJson(
            UpgradeRequest.to("/client/hubs/other?access_token=" + token).offering(JSON));

    fixture.rest().sendText(group("g"), "hi");

    inChat.expect(groupText("hi"));
    inOther.expectOpen();
    fixture.rest("other").sendText(group("g"), "here");
    inOther.expect(groupText("here"));
    inChat.expectOpen();
  }

  @Test
  @DisplayName("C266 a member added by REST gets messages and no word of having been added")
  void addedByRest() {
    WireJsonClient client = fixture.json(fixture.token());
    RestDriver rest = fixture.rest();

    rest.addToGroup(client.connectionId(), "g");
    client.expectOpen();
    rest.sendText(group("g"), "hi");

    client.expect(groupText("hi"));
  }

  @Test
  @DisplayName("C267 when the ack is there, the message is queued for every member")
  void ackMeansQueued() {
    List<WireJsonClient> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      members.add(fixture.json(fixture.token().groups("g")));
    }
    WireJsonClient sender = fixture.json(fixture.token().roles(RS));

    sender.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi','ackId':1}"));
    sender.expectAck(1);

    for (WireJsonClient member : members) {
      // asked for after the ack, so a message queued later than the ack could come behind the pong
      member.send(json("{'type':'ping'}"));
      member.expect(groupText("hi"));
      member.expect(json("{'type':'pong'}"));
    }
  }

  @Test
  @DisplayName("C268 a send to nobody is accepted and without effect")
  void nobody() {
    WireJsonClient client = fixture.json(fixture.token().user("alice").groups("g"));
    RestDriver rest = fixture.rest();

    rest.sendText(group("nobody"), "hi"); // the driver expects 202
    rest.sendText(user("nobody"), "hi");
    rest.sendText(connection("nobody"), "hi");

    client.expectOpen();
    assertThat(rest.exists(group("nobody"))).isFalse();
    assertThat(rest.exists(user("nobody"))).isFalse();
    assertThat(rest.exists(connection("nobody"))).isFalse();
  }

  @ParameterizedTest(name = "C306 a text of {0} bytes arrives in one frame")
  @ValueSource(ints = {65_536, 900_000})
  void oneFrame(int length) {
    String text = "x".repeat(length);
    WireJsonClient jsonMember = fixture.json(fixture.token().groups("g"));
    WireClient rawMember = fixture.raw(fixture.token().groups("g"));

    fixture.rest().sendText(group("g"), text);

    jsonMember.expect(groupText(text)); // one frame, FIN set, opcode text: the driver joins nothing
    jsonMember.expectOpen();
    rawMember.expectText(text);
    rawMember.expectOpen();
  }

  @Test
  @DisplayName(
      "C307 what a plain JSON client ever receives has no null but connected.userId, and whole acks")
  void shapeOfAllFrames() {
    WireJsonClient client =
        fixture.json(fixture.token().roles("webpubsub.joinLeaveGroup.g", RS).groups("h"));
    WireJsonClient alice = fixture.json(fixture.token().user("alice").roles(RS));
    RestDriver rest = fixture.rest();
    List<String> frames = new ArrayList<>(List.of(client.connected()));

    // each step is proven to be over before another party takes the next
    ask(client, frames, "{'type':'joinGroup','group':'g','ackId':1}");
    ask(client, frames, "{'type':'sendToGroup','group':'g','data':{'a':null},'ackId':2}");
    ask(alice, new ArrayList<>(), "{'type':'sendToGroup','group':'g','data':1,'ackId':1}");
    ask(client, frames, "{'type':'leaveGroup','group':'g','ackId':3}");
    ask(client, frames, "{'type':'joinGroup','group':'x','ackId':4}");
    ask(client, frames, "{'type':'joinGroup','group':'g','ackId':1}");
    rest.sendText(group("h"), "");
    rest.sendJson(ALL, "null");
    rest.sendBinary(connection(client.connectionId()));
    rest.closeConnection(client.connectionId(), "bye");
    WireFrame frame = client.wire().next();
    for (; frame.opcode() != CLOSE; frame = client.wire().next()) {
      assertThat(frame.opcode()).as("%s", frame).isEqualTo(WireFrame.TEXT);
      assertThat(frame.fin()).as("%s", frame).isTrue();
      frames.add(frame.text());
    }

    // connected, 4 + 1 acks, own message, alice's message, 6 pongs, 3 REST sends, disconnected
    assertThat(frames).hasSize(17);
    frames.forEach(FrameShape::assertPlain);
  }

  /** Sends a request and a ping, and reads everything up to the pong. */
  private static void ask(WireJsonClient client, List<String> frames, String request) {
    client.send(json(request));
    client.send(json("{'type':'ping'}"));
    String frame;
    do {
      frame = client.next();
      frames.add(frame);
    } while (!frame.equals(json("{'type':'pong'}")));
  }

  private static String groupText(String text) {
    return json("{'type':'message','from':'group','group':'g','dataType':'text','data':'%s'}")
        .formatted(text);
  }
}
