package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client-protocols L.4, first half: framing, acks, joining and leaving (client-protocols E.1, E.2,
 * E.5). Sending is in {@link JsonSendConformanceTest}.
 */
class JsonRequestConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // joinGroup, leaveGroup

  @Test
  @DisplayName("C100 a success ack has no error key")
  void joins() {
    WireJsonClient client = joiner();

    client.send(join("g", "1"));

    client.expect(json("{'type':'ack','ackId':1,'success':true}"));
  }

  @Test
  @DisplayName("C101 without ackId there is no ack")
  void joinsWithoutAck() {
    WireJsonClient client = joiner();

    client.send(json("{'type':'joinGroup','group':'g'}"));

    client.expectOpen();
    fixture.rest().sendText(group("g"), "hi");
    client.expect(groupText("g", "hi"));
  }

  @Test
  @DisplayName("C102 joining twice succeeds and is one membership")
  void joinsTwice() {
    WireJsonClient client = fixture.json(fixture.token().roles(RJ).groups("g"));

    client.send(join("g", "2"));
    client.expectAck(2);
    fixture.rest().sendText(group("g"), "hi");

    client.expect(groupText("g", "hi"));
    client.expectOpen();
  }

  @Test
  @DisplayName("C103 leaving a group one is not in succeeds")
  void leavesWithoutMembership() {
    WireJsonClient client = joiner();

    client.send(json("{'type':'leaveGroup','group':'g','ackId':1}"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C104 joining without permission is acked Forbidden, and the connection stays open")
  void mayNotJoin() {
    WireJsonClient client = fixture.json(fixture.token());

    client.send(join("g", "1"));

    client.expectAck(1, "Forbidden", "The client does not have permission to join group 'g'.");
    client.expectOpen();
  }

  @Test
  @DisplayName("C105 leaving without permission is acked Forbidden")
  void mayNotLeave() {
    WireJsonClient client = fixture.json(fixture.token().groups("g"));

    client.send(json("{'type':'leaveGroup','group':'g','ackId':1}"));

    client.expectAck(1, "Forbidden", "The client does not have permission to leave group 'g'.");
  }

  @Test
  @DisplayName("C106 sending without permission is acked Forbidden")
  void mayNotSend() {
    WireJsonClient client = fixture.json(fixture.token().groups("g"));

    client.send(json("{'type':'sendToGroup','group':'g','data':1,'ackId':1}"));

    client.expectAck(1, "Forbidden", "The client does not have permission to send to group 'g'.");
  }

  @Test
  @DisplayName("C107 without ackId a missing permission is silence")
  void forbiddenWithoutAck() {
    WireJsonClient client = fixture.json(fixture.token());

    client.send(json("{'type':'joinGroup','group':'g'}"));

    client.expectOpen();
  }

  @Test
  @DisplayName("C160 leaving is in force before its ack")
  void leaves() {
    WireJsonClient client = fixture.json(fixture.token().roles(RJ).groups("g"));

    client.send(json("{'type':'leaveGroup','group':'g','ackId':2}"));
    client.expectAck(2);
    fixture.rest().sendText(group("g"), "hi");

    client.expectOpen();
  }

  // ack ids

  @Test
  @DisplayName("C108 an ackId used before is acked Duplicate")
  void duplicate() {
    WireJsonClient client = joiner();

    client.send(join("g", "1"));
    client.expectAck(1);
    client.send(join("g", "1"));

    client.expectAck(1, "Duplicate", "Message with ack-id: 1 has been processed");
  }

  @Test
  @DisplayName("C109 all operations share one space of ackIds; a duplicate is not executed")
  void duplicateAcrossOperations() {
    WireJsonClient client = fixture.json(fixture.token().roles(RJ, RS));

    client.send(join("g", "5"));
    client.expectAck(5);
    client.send(json("{'type':'sendToGroup','group':'g','data':1,'ackId':5}"));

    client.expectDuplicate(5);
    client.expectOpen();
  }

  @Test
  @DisplayName("C111 after 1,000 later successes an ackId is forgotten")
  void ackIdIsForgotten() {
    WireJsonClient client = joiner();
    joinWithAckIdsBelow(1001, client);

    client.send(join("g", "0"));

    client.expectAck(0);
  }

  @Test
  @DisplayName("C112 the last 1,000 ackIds are remembered")
  void ackIdIsRemembered() {
    WireJsonClient client = joiner();
    joinWithAckIdsBelow(1000, client);

    client.send(join("g", "0"));

    client.expectDuplicate(0);
  }

  @Test
  @DisplayName("C113 ackId 0 is an ackId")
  void ackIdZero() {
    WireJsonClient client = joiner();

    client.send(join("g", "0"));

    client.expectAck(0);
  }

  @Test
  @DisplayName("C114 the greatest ackId is 2^64-1 and comes back as it is")
  void greatestAckId() {
    WireJsonClient client = joiner();

    client.send(join("g", "18446744073709551615"));

    client.expect(json("{'type':'ack','ackId':18446744073709551615,'success':true}"));
  }

  @Test
  @DisplayName("C115 an ackId of 2^64 closes with 1007")
  void tooGreatAckId() {
    WireJsonClient client = joiner();

    client.send(join("g", "18446744073709551616"));

    client.wire().expectClose(1007, "The client message is not a valid JSON protocol message.");
  }

  @ParameterizedTest(name = "C116 ackId {0} closes with 1007")
  @ValueSource(strings = {"\"1\"", "-1", "1.5", "1.0", "1e0", "true"})
  void malformedAckId(String ackId) {
    WireJsonClient client = joiner();

    client.send(join("g", ackId));

    client.expectInvalid();
  }

  @Test
  @DisplayName("C117 ackId null is none")
  void nullAckId() {
    WireJsonClient client = joiner();

    client.send(join("g", "null"));

    client.expectOpen();
    fixture.rest().sendText(group("g"), "hi");
    client.expect(groupText("g", "hi"));
  }

  @Test
  @DisplayName("C163 an invalid message closes even if its ackId is a duplicate")
  void invalidBeatsDuplicate() {
    WireJsonClient client = joiner();
    client.send(join("g", "1"));
    client.expectAck(1);

    client.send(json("{'type':'joinGroup','ackId':1}"));

    client.expectInvalid();
  }

  // ping, sequenceAck, unknown types

  @ParameterizedTest(name = "{0} {1} is answered pong")
  @CsvSource(
      delimiter = '|',
      value = {
        "C118 | {\"type\":\"ping\"}",
        "C119 | {\"type\":\"PING\"}",
        "C120 | {\"type\":\"ping\",\"x\":1}"
      })
  void ping(String number, String message) {
    WireJsonClient client = fixture.json(fixture.token());

    client.send(message);

    client.expect(json("{'type':'pong'}"));
  }

  @Test
  @DisplayName("C121 sequenceAck is accepted and without effect or answer")
  void sequenceAck() {
    WireJsonClient client = fixture.json(fixture.token());

    client.send(json("{'type':'sequenceAck','sequenceId':1}"));

    client.expectOpen();
  }

  @Test
  @DisplayName("C122 a quoted sequenceId closes with 1007")
  void quotedSequenceId() {
    assertInvalid(json("{'type':'sequenceAck','sequenceId':'1'}"));
  }

  @Test
  @DisplayName("C123 sequenceAck without sequenceId closes with 1007")
  void noSequenceId() {
    assertInvalid(json("{'type':'sequenceAck'}"));
  }

  @Test
  @DisplayName("C124 an unknown type closes with 1007, and no ack comes before")
  void unknownType() {
    assertInvalid(json("{'type':'bogus','ackId':1}"));
  }

  @ParameterizedTest(name = "C125 \"{0}\" closes with 1007")
  @ValueSource(strings = {"{}", "[]", "1", "\"x\"", "", "{\"type\":1}", "{"})
  void notAMessage(String message) {
    assertInvalid(message);
  }

  @Test
  @DisplayName("C126 a binary frame closes with 1003 even if it holds valid JSON")
  void binaryFrame() {
    WireJsonClient client = fixture.json(fixture.token());

    client.wire().sendBinary(WireFrame.text(json("{'type':'ping'}")).payload());

    client.wire().expectClose(1003, "The JSON subprotocol requires text messages.");
  }

  @Test
  @DisplayName("C161 a text of more than 1 MiB closes with 1009")
  void tooLarge() {
    WireJsonClient client = joiner();
    String shell = json("{'type':'ping','x':''}");
    String message =
        json("{'type':'ping','x':'%s'}").formatted("x".repeat(1024 * 1024 + 1 - shell.length()));

    client.send(message);

    client.wire().expectClose(1009, "The client message is too large.");
  }

  @Test
  @DisplayName("client-protocols C.2, near C161: a text of exactly 1 MiB is inside the limit")
  void largest() {
    WireJsonClient client = joiner();
    String shell = json("{'type':'ping','x':''}");

    client.send(
        json("{'type':'ping','x':'%s'}").formatted("x".repeat(1024 * 1024 - shell.length())));

    client.expect(json("{'type':'pong'}"));
  }

  @Test
  @DisplayName("C162 a message in two fragments is one message")
  void fragments() {
    WireJsonClient client = joiner();

    client.wire().sendTextInFragments(json("{'type':'join"), json("Group','group':'g','ackId':1}"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C164 invoke is not implemented: 1007")
  void invoke() {
    assertInvalid(json("{'type':'invoke','invocationId':'1','target':'event','event':'e'}"));
  }

  @ParameterizedTest(name = "C165 {0} is not implemented: 1007")
  @ValueSource(
      strings = {
        "{\"type\":\"streamData\",\"streamId\":\"s\"}",
        "{\"type\":\"setGroupState\",\"group\":\"g\",\"state\":{}}"
      })
  void optionalFeatures(String message) {
    assertInvalid(message);
  }

  @ParameterizedTest(name = "client-protocols E.8: {0} is not implemented: 1007")
  @ValueSource(
      strings = {
        "{\"type\":\"cancelInvocation\",\"invocationId\":\"1\"}",
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"stream\":{\"streamId\":\"s\"}}",
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"data\":1,\"stream\":{\"streamId\":\"s\"}}",
        "{\"type\":\"streamEnd\",\"streamId\":\"s\"}",
        "{\"type\":\"subscribeGroupState\",\"group\":\"g\",\"ackId\":1}",
        "{\"type\":\"unsubscribeGroupState\",\"group\":\"g\",\"ackId\":1}"
      })
  void newerFamilies(String message) {
    assertInvalid(message);
  }

  // group names

  @ParameterizedTest(name = "C127 {0} closes with 1007")
  @ValueSource(
      strings = {
        "{\"type\":\"joinGroup\",\"ackId\":1}",
        "{\"type\":\"joinGroup\",\"group\":null,\"ackId\":1}",
        "{\"type\":\"joinGroup\",\"group\":5,\"ackId\":1}"
      })
  void malformedGroup(String message) {
    WireJsonClient client = joiner();

    client.send(message);

    client.expectInvalid();
  }

  @ParameterizedTest(name = "C128 a group name of {1} closes with 1007")
  @CsvSource({"'', nothing", "'  ', two blanks", "long, '1,025 characters'"})
  void invalidGroup(String name, String description) {
    WireJsonClient client = joiner();

    client.send(join(name.equals("long") ? "g".repeat(1025) : name, "1"));

    client.expectInvalid();
  }

  @Test
  @DisplayName("C129 a group name may have 1,024 characters")
  void longestGroup() {
    WireJsonClient client = joiner();

    client.send(join("g".repeat(1024), "1"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C130 a group name may have slashes, wildcards, blanks and letters outside ASCII")
  void unusualGroup() {
    String name = "a/b*?# é";
    WireJsonClient client = joiner();
    WireJsonClient sender = fixture.json(fixture.token().roles(RS));

    client.send(join(name, "1"));
    client.expectAck(1);
    // a path cannot name a group with a slash (rest-api 6.1), so a client sends to it
    sender.send(
        json("{'type':'sendToGroup','group':'%s','dataType':'text','data':'hi'}".formatted(name)));

    client.expect(groupText(name, "hi"));
  }

  @Test
  @DisplayName("C130 a REST call reaches exactly that group, where paths may have slashes in names")
  void unusualGroupByRest() {
    String name = "a/b*?# é";
    try (FakeFixture slashes =
        FakeFixture.of(FakeWebPubSub.builder().rest(rest -> rest.decodeSlash(true)))) {
      WireJsonClient client = slashes.json(slashes.token().roles(RJ));
      client.send(join(name, "1"));
      client.expectAck(1);

      slashes.rest().sendText(group("a/b"), "to another group");
      slashes.rest().sendText(group(name), "hi");

      client.expect(groupText(name, "hi"));
    }
  }

  @Test
  @DisplayName("C131 group names are case-sensitive")
  void groupCase() {
    WireJsonClient client = joiner();
    client.send(join("G", "1"));
    client.expectAck(1);

    fixture.rest().sendText(group("g"), "hi");

    client.expectOpen();
  }

  private WireJsonClient joiner() {
    return fixture.json(fixture.token().roles(RJ));
  }

  private void assertInvalid(String message) {
    WireJsonClient client = fixture.json(fixture.token());

    client.send(message);

    client.expectInvalid();
  }

  private static void joinWithAckIdsBelow(int count, WireJsonClient client) {
    List<String> joins =
        IntStream.range(0, count).mapToObj(id -> join("g", String.valueOf(id))).toList();
    client.send(joins);
    for (int id = 0; id < count; id++) {
      client.expectAck(id);
    }
  }

  private static String join(String group, String ackId) {
    return json("{'type':'joinGroup','group':'%s','ackId':%s}").formatted(group, ackId);
  }

  private static String groupText(String group, String text) {
    return json("{'type':'message','from':'group','group':'%s','dataType':'text','data':'%s'}")
        .formatted(group, text);
  }
}
