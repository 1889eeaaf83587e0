package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.RecordedRequest;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client-protocols L.3 and D, as far as no handler has to answer: simple clients. */
class RawClientConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // client-protocols A.2: the query parameters

  @Test
  @DisplayName("C066 an unknown webpubsub_mode is answered 400")
  void unknownMode() {
    assertStatus(400, "&webpubsub_mode=bogus");
  }

  @Test
  @DisplayName("C067 an empty webpubsub_mode is none, so the mode is sendEvent")
  void emptyMode() {
    WireClient client = fixture.open(fixture.request(fixture.token(), "&webpubsub_mode="));

    // in mode sendEvent a message nobody consumes closes with 1011, in mode sendToGroup with 1008
    client.sendText("x");
    client.expectClose(1011, "Internal server error");
  }

  @Test
  @DisplayName("C068 webpubsub_mode is compared in any case")
  void modeInUpperCase() {
    WireJsonClient member = fixture.json(fixture.token().groups("g"));
    WireClient client =
        fixture.open(
            fixture.request(fixture.token().roles(RS), "&webpubsub_mode=SENDTOGROUP&group=g"));

    client.sendText("x");

    member.expect(groupMessage("text", "'x'"));
  }

  @Test
  @DisplayName("C069 mode sendToGroup without a group is answered 400")
  void noGroup() {
    assertStatus(400, "&webpubsub_mode=sendToGroup");
  }

  @Test
  @DisplayName("C070 mode sendToGroup with a blank group is answered 400")
  void blankGroup() {
    assertStatus(400, "&webpubsub_mode=sendToGroup&group=%20");
  }

  @Test
  @DisplayName("C071 noEcho that is neither true nor false is answered 400")
  void malformedNoEcho() {
    assertStatus(400, "&webpubsub_mode=sendToGroup&group=g&noEcho=maybe");
  }

  @Test
  @DisplayName("C072 mode sendEvent does not look at noEcho")
  void sendEventIgnoresNoEcho() {
    fixture
        .open(fixture.request(fixture.token(), "&webpubsub_mode=sendEvent&noEcho=maybe"))
        .expectOpen();
  }

  @Test
  @DisplayName("C073 of a repeated group parameter the last value counts")
  void lastGroupWins() {
    WireClient memberOfA = fixture.raw(fixture.token().groups("a"));
    WireClient memberOfB = fixture.raw(fixture.token().groups("b"));
    WireClient sender =
        fixture.open(
            fixture.request(
                fixture.token().roles(RS), "&webpubsub_mode=sendToGroup&group=a&group=b"));

    sender.sendText("x");

    memberOfB.expectText("x");
    memberOfA.expectOpen();
  }

  @Test
  @DisplayName("C074 the mode is checked even when a PubSub subprotocol is offered")
  void modeIsCheckedForJson() {
    HttpAnswer answer =
        fixture.refused(fixture.request(fixture.token(), "&webpubsub_mode=bogus").offering(JSON));

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  @DisplayName("C075 valid sendToGroup parameters have no effect on a PubSub client")
  void modeHasNoEffectOnJson() {
    WireJsonClient client =
        fixture.openJson(
            fixture.request(fixture.token(), "&webpubsub_mode=sendToGroup&group=g").offering(JSON));

    client.send(json("{'type':'ping'}"));

    client.expect(json("{'type':'pong'}"));
  }

  // client-protocols D.1: mode sendEvent

  @Test
  @DisplayName("C085 a message that neither handler nor listener takes closes with 1011")
  void noConsumer() {
    WireClient client = fixture.raw(fixture.token());

    client.sendText("hi");

    client.expectClose(1011, "Internal server error");
  }

  @Test
  @DisplayName(
      "C086 a listener alone takes the messages: both are recorded, nothing comes back, the connection stays open")
  void listenerOnly() {
    fixture.fake().recordEvents();
    WireClient client = fixture.raw(fixture.token());

    client.sendText("one");
    client.expectOpen();
    client.sendText("two");
    client.expectOpen();

    assertThat(fixture.fake().requests())
        .filteredOn(request -> request.event().equals(Optional.of("message")))
        .extracting(RecordedRequest::text)
        .containsExactly(Optional.of("one"), Optional.of("two"));
  }

  @Test
  @DisplayName("client-protocols C.2, near C097: a text of exactly 1 MiB is inside the limit")
  void largestMessage() {
    fixture.fake().recordEvents();
    WireClient client = fixture.raw(fixture.token());

    client.sendText("x".repeat(1024 * 1024));

    client.expectOpen();
  }

  @Test
  @DisplayName("C098 a text of one byte more than 1 MiB closes with 1009")
  void tooLargeMessage() {
    WireClient client = fixture.raw(fixture.token());

    client.sendText("x".repeat(1024 * 1024 + 1));

    client.expectClose(1009, "The client message is too large.");
  }

  @Test
  @DisplayName(
      "client-protocols C.2, near C098: the limit counts all fragments of a message together")
  void tooLargeInFragments() {
    WireClient client = fixture.raw(fixture.token());

    client.sendTextInFragments("x".repeat(1024 * 1024), "x");

    client.expectClose(1009, "The client message is too large.");
  }

  // client-protocols D.2: mode sendToGroup

  @Test
  @DisplayName(
      "C087 without permission the handshake succeeds and the first frame closes with 1008")
  void noPermission() {
    WireClient client = fixture.rawSender(fixture.token(), "g");
    client.expectOpen();

    client.sendText("hi");

    client.expectClose(1008, "The connection is not authorized for raw sendToGroup mode.");
  }

  @Test
  @DisplayName("C088 a text frame is published to the group as text")
  void publishesText() {
    WireJsonClient member = fixture.json(fixture.token().groups("g"));
    WireClient sender = fixture.rawSender(fixture.token().roles(RS + ".g"), "g");

    sender.sendText("hi");

    member.expect(groupMessage("text", "'hi'"));
  }

  @Test
  @DisplayName("C089 a binary frame is published to the group as binary")
  void publishesBinary() {
    WireJsonClient member = fixture.json(fixture.token().groups("g"));
    WireClient sender = fixture.rawSender(fixture.token().roles(RS + ".g"), "g");

    sender.sendBinary((byte) 1, (byte) 2, (byte) 3);

    member.expect(groupMessage("binary", "'AQID'"));
  }

  @Test
  @DisplayName("C090 a sender that is a member gets its own message")
  void echoesToMember() {
    WireClient sender = fixture.rawSender(fixture.token().roles(RS).groups("g"), "g");

    sender.sendText("hi");

    sender.expectText("hi");
  }

  @Test
  @DisplayName("C091 noEcho leaves out this connection, not others of the same user")
  void noEcho() {
    WireClient second = fixture.raw(fixture.token().user("alice").groups("g"));
    WireClient sender =
        fixture.rawSender(fixture.token().user("alice").roles(RS).groups("g"), "g&noEcho=true");

    sender.sendText("hi");

    second.expectText("hi");
    sender.expectOpen();
  }

  @Test
  @DisplayName("C092 a sender that is not a member gets nothing back")
  void doesNotJoinByItself() {
    WireClient member = fixture.raw(fixture.token().groups("g"));
    WireClient sender = fixture.rawSender(fixture.token().roles(RS), "g");

    sender.sendText("hi");

    member.expectText("hi"); // so the message has been published when the sender looks
    sender.expectOpen();
  }

  @Test
  @DisplayName("client-protocols C.3, near C099: a text in three fragments is one message")
  void joinsFragments() {
    WireClient member = fixture.raw(fixture.token().groups("g"));
    WireClient sender = fixture.rawSender(fixture.token().roles(RS), "g");

    sender.sendTextInFragments("one ", "two ", "three");

    member.expectText("one two three");
    member.expectOpen();
  }

  @Test
  @DisplayName(
      "C301 an empty text frame is a message: empty text for JSON members, an empty frame for simple ones")
  void publishesEmptyText() {
    WireJsonClient jsonMember = fixture.json(fixture.token().groups("g"));
    WireClient rawMember = fixture.raw(fixture.token().groups("g"));
    WireClient sender = fixture.rawSender(fixture.token().roles(RS), "g");

    sender.sendText("");

    jsonMember.expect(groupMessage("text", "''"));
    rawMember.expectText("");
  }

  // client-protocols D.3, D.4: what a simple client receives

  @Test
  @DisplayName("C093 text for its group reaches a simple client as text frame")
  void receivesText() {
    WireClient client = fixture.raw(fixture.token().groups("g"));

    fixture.rest().sendText(group("g"), "hi");

    client.expectText("hi");
  }

  @ParameterizedTest(
      name = "C094 json {0} for its group reaches a simple client unchanged as text frame")
  @ValueSource(strings = {"\"hi\"", "{ \"a\" : 1.0 }"})
  void receivesJson(String value) {
    WireClient client = fixture.raw(fixture.token().groups("g"));

    fixture.rest().sendJson(group("g"), value);

    client.expectText(value);
  }

  @Test
  @DisplayName("C095 bytes for its group reach a simple client as binary frame")
  void receivesBinary() {
    WireClient client = fixture.raw(fixture.token().groups("g"));

    fixture.rest().sendBinary(group("g"), (byte) 1);

    client.expectBinary((byte) 1);
  }

  @Test
  @DisplayName("C096 a close by REST is 1000 with empty reason, and the REST reason is not shown")
  void closedByRest() {
    WireClient client = fixture.raw(fixture.token().user("alice"));

    fixture.rest().closeConnections(user("alice"), "bye");

    client.expectClose(1000, "");
  }

  private void assertStatus(int status, String query) {
    assertThat(fixture.refused(fixture.request(fixture.token(), query)).status()).isEqualTo(status);
  }

  private static String groupMessage(String dataType, String data) {
    return json(
        "{'type':'message','from':'group','group':'g','dataType':'%s','data':%s}"
            .formatted(dataType, data));
  }
}
