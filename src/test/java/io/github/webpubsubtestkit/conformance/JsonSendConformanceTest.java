package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.ALL;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client-protocols L.4, second half: {@code sendToGroup} and what arrives of it and of REST sends
 * (client-protocols E.2 to E.4), and the reference transcript of client-protocols E.9. Unless a
 * test says otherwise the sender is alice, who may send but is in no group, and the receiver is a
 * member of g without user id.
 */
class JsonSendConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // client-protocols E.3: data

  @Test
  @DisplayName(
      "C132 text arrives as text, with the sender's user id, and without metadata or sequenceId")
  void text() {
    assertDelivered("'dataType':'text','data':'hi'", "'dataType':'text','data':'hi'");
  }

  @Test
  @DisplayName("C133 without dataType data is json")
  void defaultIsJson() {
    assertDelivered("'data':{'a':1}", "'dataType':'json','data':{'a':1}");
  }

  @ParameterizedTest(name = "C134 json {0} arrives as the same token")
  @ValueSource(strings = {"\"s\"", "1.0", "true", "[1]", "12345678901234567890.10"})
  void jsonIsNotRewritten(String token) {
    assertDelivered("'dataType':'json','data':" + token, "'dataType':'json','data':" + token);
  }

  @Test
  @DisplayName("C135 data null closes with 1007")
  void nullData() {
    assertInvalid("'data':null");
  }

  @Test
  @DisplayName("C136 binary travels as base64")
  void binary() {
    assertDelivered("'dataType':'binary','data':'AQID'", "'dataType':'binary','data':'AQID'");
  }

  @Test
  @DisplayName("C137 binary data that is not base64 closes with 1007")
  void malformedBase64() {
    assertInvalid("'dataType':'binary','data':'***'");
  }

  @Test
  @DisplayName("C138 text data that is no string closes with 1007")
  void textIsString() {
    assertInvalid("'dataType':'text','data':5");
  }

  @Test
  @DisplayName("C139 dataType is compared in any case")
  void dataTypeInUpperCase() {
    assertDelivered("'dataType':'TEXT','data':'hi'", "'dataType':'text','data':'hi'");
  }

  @ParameterizedTest(name = "C140 dataType {0} closes with 1007")
  @ValueSource(strings = {"null", "1", "\"xml\""})
  void unknownDataType(String dataType) {
    assertInvalid("'dataType':" + dataType + ",'data':'hi'");
  }

  @Test
  @DisplayName("C141 neither data nor metadata closes with 1007")
  void noData() {
    assertInvalid("'ackId':1");
  }

  // metadata

  @Test
  @DisplayName("C142 metadata without data is an empty text")
  void onlyMetadata() {
    WireJsonClient receiver = receiver();
    WireJsonClient sender = sender();

    sender.send(send("'metadata':{'k':'v'},'ackId':1"));

    sender.expectAck(1);
    receiver.expect(fromAlice("'dataType':'text','data':'','metadata':{'k':'v'}"));
  }

  @Test
  @DisplayName("C143 an empty metadata object arrives as such")
  void emptyMetadata() {
    assertDelivered(
        "'dataType':'text','data':'hi','metadata':{}",
        "'dataType':'text','data':'hi','metadata':{}");
  }

  @Test
  @DisplayName("C144 metadata null is none")
  void nullMetadata() {
    assertDelivered(
        "'dataType':'text','data':'hi','metadata':null", "'dataType':'text','data':'hi'");
  }

  @Test
  @DisplayName("C145 a metadata key that occurs twice closes with 1007")
  void repeatedKey() {
    assertInvalid("'data':1,'metadata':{'trace':'a','trace':'b'}");
  }

  @Test
  @DisplayName("C146 metadata keys are case-sensitive")
  void keyCase() {
    WireJsonClient receiver = receiver();

    sender().send(send("'data':1,'metadata':{'Trace':'a','trace':'b'}"));

    JsonNode metadata = receiver.nextTree().path("metadata");
    assertThat(metadata.size()).isEqualTo(2);
    assertThat(metadata.path("Trace").asText()).isEqualTo("a");
    assertThat(metadata.path("trace").asText()).isEqualTo("b");
  }

  @ParameterizedTest(name = "C147 metadata with {0} closes with 1007")
  @MethodSource
  void malformedMetadata(String description, String metadata) {
    assertInvalid("'data':1,'ackId':1,'metadata':" + metadata);
  }

  static Stream<Arguments> malformedMetadata() {
    return Stream.of(
        arguments("a number as value", "{'k':1}"),
        arguments("an array as value", "{'k':['v']}"),
        arguments("an array in place of the object", "['k','v']"),
        arguments("a value outside ASCII", "{'k':'é'}"),
        arguments("a value of 1,025 bytes", "{'k':'" + "v".repeat(1025) + "'}"),
        arguments("a blank in a key", "{'a b':'v'}"),
        arguments("a key of 257 bytes", "{'" + "k".repeat(257) + "':'v'}"),
        arguments("an empty key", "{'':'v'}"),
        arguments("8,193 bytes in all", metadataOf(8193)));
  }

  @Test
  @DisplayName(
      "client-protocols C.2, near C147: metadata may have keys of 256 bytes and 8,192 bytes in all")
  void largestMetadata() {
    WireJsonClient sender = sender();

    sender.send(send("'data':1,'ackId':1,'metadata':" + metadataOf(8192)));
    sender.expectAck(1);
    sender.send(send("'data':1,'ackId':2,'metadata':{'" + "k".repeat(256) + "':'v'}"));
    sender.expectAck(2);
  }

  /**
   * Metadata whose keys and values together have this many bytes, each of them within its own
   * limit.
   */
  private static String metadataOf(int bytes) {
    int entries = 9;
    int rest = bytes - (entries - 1) * (1 + 1000) - 1;
    return IntStream.range(0, entries)
        .mapToObj(i -> "'" + i + "':'" + "v".repeat(i == 0 ? rest : 1000) + "'")
        .collect(Collectors.joining(",", "{", "}"));
  }

  // ttlSeconds, noEcho

  @ParameterizedTest(name = "C148 ttlSeconds {0} is accepted")
  @ValueSource(strings = {"0", "300", "null"})
  void timeToLive(String ttl) {
    WireJsonClient sender = sender();

    sender.send(send("'data':1,'ackId':1,'ttlSeconds':" + ttl));

    sender.expectAck(1);
  }

  @ParameterizedTest(name = "C149 ttlSeconds {0} closes with 1007, without an ack")
  @ValueSource(strings = {"301", "-1", "1.5", "\"1\""})
  void malformedTimeToLive(String ttl) {
    assertInvalid("'data':1,'ackId':1,'ttlSeconds':" + ttl);
  }

  @Test
  @DisplayName("C150 a sender that is a member gets its own message, and then the ack")
  void echo() {
    WireJsonClient sender = fixture.json(fixture.token().user("alice").roles(RS).groups("g"));

    sender.send(send("'dataType':'text','data':'hi','ackId':1"));

    sender.expect(fromAlice("'dataType':'text','data':'hi'"));
    sender.expectAck(1);
  }

  @Test
  @DisplayName("C151 with noEcho it gets the ack alone")
  void noEcho() {
    WireJsonClient sender = fixture.json(fixture.token().user("alice").roles(RS).groups("g"));

    sender.send(send("'dataType':'text','data':'hi','noEcho':true,'ackId':1"));

    sender.expectAck(1);
    sender.expectOpen();
  }

  @Test
  @DisplayName("C152 noEcho leaves out the connection, not the user")
  void noEchoIsPerConnection() {
    WireJsonClient other = fixture.json(fixture.token().user("alice").groups("g"));
    WireJsonClient sender = fixture.json(fixture.token().user("alice").roles(RS).groups("g"));

    sender.send(send("'dataType':'text','data':'hi','noEcho':true,'ackId':1"));

    other.expect(fromAlice("'dataType':'text','data':'hi'"));
    sender.expectAck(1);
    sender.expectOpen();
  }

  @ParameterizedTest(name = "C153 noEcho {0} closes with 1007")
  @ValueSource(strings = {"null", "\"true\""})
  void malformedNoEcho(String noEcho) {
    assertInvalid("'data':1,'noEcho':" + noEcho);
  }

  @Test
  @DisplayName("C154 sending to a group without members succeeds")
  void nobodyThere() {
    WireJsonClient sender = sender();

    sender.send(json("{'type':'sendToGroup','group':'nobody','data':1,'ackId':1}"));

    sender.expectAck(1);
  }

  // who sent it

  @Test
  @DisplayName("C155 a sender without user id leaves no fromUserId key")
  void noSender() {
    WireJsonClient receiver = receiver();
    WireJsonClient sender = fixture.json(fixture.token().roles(RS));

    sender.send(send("'dataType':'text','data':'hi'"));

    receiver.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C155 with nullFromUserId the key is there and null")
  void nullSender() {
    try (FakeFixture nulls =
        FakeFixture.of(FakeWebPubSub.builder().clients(clients -> clients.nullFromUserId(true)))) {
      WireJsonClient receiver = nulls.json(nulls.token().groups("g"));
      WireJsonClient sender = nulls.json(nulls.token().roles(RS));

      sender.send(send("'dataType':'text','data':'hi'"));

      receiver.expect(
          json(
              "{'type':'message','from':'group','group':'g','fromUserId':null,'dataType':'text','data':'hi'}"));
    }
  }

  @Test
  @DisplayName("C156 a REST send to a group is from the group and has no fromUserId key")
  void restToGroup() {
    WireJsonClient receiver = receiver();

    fixture.rest().sendJson(group("g"), json("{'a':1}"));

    receiver.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'json','data':{'a':1}}"));
  }

  @Test
  @DisplayName(
      "C157 a REST send to connection, user or hub is from the server, without group or user")
  void restFromServer() {
    WireJsonClient receiver = fixture.json(fixture.token().user("alice").groups("g"));
    RestDriver rest = fixture.rest();

    rest.sendText(connection(receiver.connectionId()), "to the connection");
    rest.sendText(user("alice"), "to the user");
    rest.sendText(ALL, "to the hub");

    for (String target : new String[] {"connection", "user", "hub"}) {
      receiver.expect(
          json(
              "{'type':'message','from':'server','dataType':'text','data':'to the %s'}"
                  .formatted(target)));
    }
  }

  @Test
  @DisplayName("C158 bytes by REST arrive as base64")
  void restBinary() {
    WireJsonClient receiver = receiver();

    fixture.rest().sendBinary(connection(receiver.connectionId()), (byte) 1, (byte) 2, (byte) 3);

    receiver.expect(json("{'type':'message','from':'server','dataType':'binary','data':'AQID'}"));
  }

  @Test
  @DisplayName("C159 metadata headers of a REST send arrive as metadata, keys in lower case")
  void restMetadata() {
    WireJsonClient receiver = receiver();

    fixture
        .rest()
        .send(
            connection(receiver.connectionId()),
            "text/plain",
            "hi".getBytes(UTF_8),
            "X-WebPubSub-Metadata-A: 1");

    receiver.expect(
        json(
            "{'type':'message','from':'server','dataType':'text','data':'hi','metadata':{'a':'1'}}"));
  }

  @Test
  @DisplayName("client-protocols E.9: the reference transcript, rows 1 to 8 and 11 to 13")
  void transcript() {
    WireJsonClient client = fixture.json(fixture.token().user("alice").roles(RJ, RS));

    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'alice','connectionId':'%s'}"
                    .formatted(client.connectionId())));
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expect(json("{'type':'ack','ackId':1,'success':true}"));
    String send =
        json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi','ackId':2}");
    client.send(send);
    client.expect(
        json(
            "{'type':'message','from':'group','group':'g','fromUserId':'alice','dataType':'text','data':'hi'}"));
    client.expect(json("{'type':'ack','ackId':2,'success':true}"));
    client.send(send);
    client.expect(
        json(
            "{'type':'ack','ackId':2,'success':false,'error':{'name':'Duplicate','message':'Message with ack-id: 2 has been processed'}}"));
    fixture.rest().closeConnection(client.connectionId(), "bye");
    client.expect(
        json(
            "{'type':'system','event':'disconnected','message':'Application server closed the connection. Reason: bye'}"));
    client.wire().expectClose(1000, "");
  }

  private WireJsonClient sender() {
    return fixture.json(fixture.token().user("alice").roles(RS));
  }

  private WireJsonClient receiver() {
    return fixture.json(fixture.token().groups("g"));
  }

  private void assertDelivered(String sent, String received) {
    WireJsonClient receiver = receiver();

    sender().send(send(sent));

    receiver.expect(fromAlice(received));
    receiver.expectOpen();
  }

  private void assertInvalid(String fields) {
    WireJsonClient receiver = receiver();
    WireJsonClient sender = sender();

    sender.send(send(fields));

    sender.expectInvalid();
    receiver.expectOpen();
  }

  private static String send(String fields) {
    return json("{'type':'sendToGroup','group':'g'," + fields + "}");
  }

  private static String fromAlice(String fields) {
    return json(
        "{'type':'message','from':'group','group':'g','fromUserId':'alice'," + fields + "}");
  }
}
