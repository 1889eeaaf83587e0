package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.PROTOBUF;
import static io.github.webpubsubtestkit.conformance.FakeFixture.PROTOBUF_RELIABLE;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.hex;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.message;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client-protocols L.7 and G, as far as no event handler is needed. Messages are given as the bytes
 * of client-protocols G.5 or put together by hand.
 */
class ProtobufConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @DisplayName(
      "C218 connected is a binary frame, without reconnection_token, user_id if there is one")
  void connected() {
    WireProtobufClient anonymous = fixture.protobuf(fixture.token());
    assertThat(anonymous.reconnectionToken()).isEmpty();
    WireProtobufClient alice = fixture.protobuf(fixture.token().user("alice"));

    assertThat(anonymous.wire().subprotocol()).contains(PROTOBUF);
    assertThat(hex(anonymous.connected()))
        .isEqualTo(
            hex(
                message()
                    .message(3, message().message(1, message().string(1, anonymous.connectionId())))
                    .toBytes()));
    assertThat(hex(alice.connected()))
        .isEqualTo(
            hex(
                message()
                    .message(
                        3,
                        message()
                            .message(
                                1, message().string(1, alice.connectionId()).string(2, "alice")))
                    .toBytes()));
    alice.expectOpen();
  }

  @Test
  @DisplayName("C219 connected of the reliable subprotocol has a reconnection_token")
  void reconnectionToken() {
    WireProtobufClient client = fixture.protobufReliable(fixture.token());

    assertThat(client.wire().subprotocol()).contains(PROTOBUF_RELIABLE);
    assertThat(client.reconnectionToken()).isPresent();
    client.expectOpen();
  }

  @Test
  @DisplayName("C220 ack_id 0 that is set is acknowledged; the ack does not write it")
  void acknowledgesZero() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RJ));

    client.send("32 08 0A 04 72 6F 6F 6D 10 00");

    client.expect("0A 02 10 01");
  }

  @Test
  @DisplayName("C221 a request without ack_id is not acknowledged; ping is answered by pong")
  void noAckWithoutId() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RJ));

    client.send("32 06 0A 04 72 6F 6F 6D");
    client.send("4A 00");

    client.expect("22 00");
    client.expectOpen();
    assertThat(fixture.rest().exists(group("room"))).isTrue();
  }

  @Test
  @DisplayName("C222 a text frame closes with 1003")
  void textFrame() {
    WireProtobufClient client = fixture.protobuf(fixture.token());

    client.wire().sendText("{\"type\":\"ping\"}");

    client
        .wire()
        .expectClose(1003, "The protobuf.webpubsub.azure.v1 subprotocol requires binary messages.");
  }

  @ParameterizedTest(name = "C223 invalid message [{0}] closes with 1007")
  @ValueSource(
      strings = {
        "", // an empty message
        "FF FF", // no tag
        "32 00", // join without group
        "3A 00", // leave without group
        "2A 00", // event without name and data
        "50 01", // an unknown field
        "4A", // the length is missing
        "4A 05", // the content is missing
        "4A 80 80 80 80 08", // a length below zero
        "32 FF FF FF FF 07 0A", // a length far beyond the message
        "00", // field number 0
        "34", // the end of no group
        "33", // a group without end
        "32 03 0A 01 20", // a blank group
        "32 03 0A 01 FF", // a group that is not UTF-8
        "2A 08 0A 02 31 65 12 02 0A 00", // an invalid event name
        "0A 06 0A 04 72 6F 6F 6D", // data is missing
        "0A 08 0A 04 72 6F 6F 6D 1A 00", // data holds nothing
        "0A 0B 0A 04 72 6F 6F 6D 1A 03 0A 01 FF", // text that is not UTF-8
        "0A 0B 0A 04 72 6F 6F 6D 1A 03 22 01 7B", // json_data that is no JSON
        "0A 0A 0A 04 72 6F 6F 6D 1A 02 22 00", // empty json_data
        "0A 0C 0A 04 72 6F 6F 6D 1A 04 1A 02 FF FF", // an Any that cannot be parsed
        "0A 0F 0A 04 72 6F 6F 6D 1A 02 0A 00 32 03 0A 01 20", // an invalid key of metadata
        "0A 0C 0A 04 72 6F 6F 6D 1A 02 0A 00 3A 00", // stream
        "0A 11 0A 04 72 6F 6F 6D 1A 02 0A 00 28 FF FF FF FF 0F", // ttl_seconds 4294967295
        "52 05 0A 01 65 12 00", // invoke_event_message
        "5A 03 0A 01 69", // cancel_invocation_message
        "6A 03 0A 01 73", // stream_data_message
        "72 03 0A 01 73", // stream_end_message
        "7A 03 0A 01 67", // set_group_state_message
        "82 01 03 0A 01 67", // subscribe_group_state_message
        "8A 01 03 0A 01 67", // unsubscribe_group_state_message
        "32 06 0A 04 72 6F 6F 6D 52 05 0A 01 65 12 00" // the last case of the oneof counts
      })
  void invalid(String hex) {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RJ, RS));
    WireProtobufClient bystander = fixture.protobuf(fixture.token());

    client.send(hex);

    client.expectInvalid();
    bystander.expectOpen();
    assertThat(fixture.rest().exists(connection(client.connectionId()))).isFalse();
  }

  @Test
  @DisplayName("C223 unknown fields are passed over, the last of a repeated field counts")
  void likeEveryParser() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RJ));

    // field 99 as number, 64 bits, bytes, group, 32 bits; join b, then join with group a and ack 1
    client.send(
        "98 06 01 99 06 01 02 03 04 05 06 07 08 9A 06 01 00 9B 06 08 01 9C 06 9D 06 01 02 03 04"
            + " 32 03 0A 01 62 32 05 0A 01 61 10 01");

    client.expectAck(1);
    assertThat(fixture.rest().exists(group("a"))).isTrue();
    assertThat(fixture.rest().exists(group("b"))).isFalse();
  }

  @Test
  @DisplayName("C224 a member gets its own text before the ack")
  void ownMessageBeforeAck() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RS).groups("room"));

    client.send("0A 0E 0A 04 72 6F 6F 6D 10 01 1A 04 0A 02 68 69");

    client.expect("12 13 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 04 0A 02 68 69");
    client.expect("0A 04 08 01 10 01");
  }

  @Test
  @DisplayName("C225 json_data reaches a JSON client as json")
  void jsonToJsonClient() {
    WireProtobufClient sender = fixture.protobuf(fixture.token().roles(RS));
    WireJsonClient receiver = fixture.json(fixture.token().groups("room"));

    sender.send("0A 13 0A 04 72 6F 6F 6D 10 01 1A 09 22 07 7B 22 61 22 3A 31 7D");

    sender.expectAck(1);
    receiver.expect(
        json("{'type':'message','from':'group','group':'room','dataType':'json','data':{'a':1}}"));
  }

  @Test
  @DisplayName("C226 the JSON of a JSON client reaches a protobuf client token by token")
  void jsonFromJsonClient() {
    WireJsonClient sender = fixture.json(fixture.token().roles(RS));
    WireProtobufClient receiver = fixture.protobuf(fixture.token().groups("room"));

    sender.send(json("{'type':'sendToGroup','group':'room','data':{'b':1.50, 'a':[ 2e3 ]}}"));

    receiver.expect(groupData("room", message().string(4, json("{'b':1.50, 'a':[ 2e3 ]}"))));
  }

  @Test
  @DisplayName("C227 an Any reaches JSON clients as base64 and simple clients as its bytes")
  void any() {
    WireProtobufClient sender = fixture.protobuf(fixture.token().roles(RS));
    WireProtobufClient protobuf = fixture.protobuf(fixture.token().groups("room"));
    WireJsonClient jsonClient = fixture.json(fixture.token().groups("room"));
    WireClient raw = fixture.raw(fixture.token().groups("room"));

    sender.send("0A 15 0A 04 72 6F 6F 6D 10 01 1A 0B 1A 09 0A 03 74 2F 78 12 02 08 01");

    sender.expectAck(1);
    jsonClient.expect(
        json(
            "{'type':'message','from':'group','group':'room','dataType':'protobuf',"
                + "'data':'CgN0L3gSAggB'}"));
    raw.expectBinary(hex("0A 03 74 2F 78 12 02 08 01"));
    protobuf.expect(groupData("room", message().bytes(3, hex("0A 03 74 2F 78 12 02 08 01"))));
  }

  @Test
  @DisplayName("C227 the bytes of an Any are passed on unchanged, whatever order they have")
  void anyUnchanged() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RS).groups("room"));
    // value before type_url, an unknown field, a length with a needless byte
    byte[] any = hex("12 02 08 01 18 07 0A 83 00 74 2F 78");

    client.send(
        message().message(1, message().string(1, "room").message(3, message().bytes(3, any))));

    client.expect(groupData("room", message().bytes(3, any)));
  }

  @Test
  @DisplayName("C228 data without a case is invalid, with metadata too")
  void emptyData() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RS));

    client.send("0A 12 0A 04 72 6F 6F 6D 1A 00 32 08 0A 01 6B 12 03 76 76 76");

    client.expectInvalid();
  }

  @Test
  @DisplayName("C229 metadata without data makes an empty text")
  void metadataOnly() {
    WireProtobufClient sender = fixture.protobuf(fixture.token().roles(RS).groups("room"));
    WireJsonClient receiver = fixture.json(fixture.token().groups("room"));

    sender.send("0A 10 0A 04 72 6F 6F 6D 10 01 32 06 0A 01 6B 12 01 76");

    receiver.expect(
        json(
            "{'type':'message','from':'group','group':'room','dataType':'text','data':'',"
                + "'metadata':{'k':'v'}}"));
    sender.expect(
        "12 19 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 02 0A 00 2A 06 0A 01 6B 12 01 76");
    sender.expectAck(1);
  }

  @Test
  @DisplayName("C230 what a client may not do is answered by an ack with the error Forbidden")
  void forbidden() {
    WireProtobufClient client = fixture.protobuf(fixture.token());

    client.send("32 08 0A 04 72 6F 6F 6D 10 01");
    client.send("3A 08 0A 04 72 6F 6F 6D 10 02");
    client.send("0A 0E 0A 04 72 6F 6F 6D 10 03 1A 04 0A 02 68 69");

    client.expectAck(1, "Forbidden", "The client does not have permission to join group 'room'.");
    client.expectAck(2, "Forbidden", "The client does not have permission to leave group 'room'.");
    client.expectAck(
        3, "Forbidden", "The client does not have permission to send to group 'room'.");
    client.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols E.6: an event that a listener takes is acknowledged once, then Duplicate, as client-protocols C231 says it of a handler")
  void eventTwice() {
    fixture.fake().recordEvents();
    WireProtobufClient client = fixture.protobuf(fixture.token());
    String event = "2A 12 0A 07 6D 65 73 73 61 67 65 12 05 12 03 01 02 03 18 09";

    client.send(event);
    client.send(event);

    client.expectAck(9);
    client.expectAck(9, "Duplicate", "Message with ack-id: 9 has been processed");
    assertThat(fixture.fake()).receivesEvent("message").hasBinary(new byte[] {1, 2, 3});
    client.expectOpen();
  }

  @Test
  @DisplayName("C232 a REST close is announced with its reason, then 1000")
  void closedByRest() {
    WireProtobufClient client = fixture.protobuf(fixture.token());

    fixture.rest().closeConnection(client.connectionId(), "bye");

    client.expect(
        message()
            .message(
                3,
                message()
                    .message(
                        2,
                        message()
                            .string(2, "Application server closed the connection. Reason: bye"))));
    client.wire().expectClose(1000, "");
  }

  @Test
  @DisplayName("C233 after a recovery what was not acknowledged comes again, in the same bytes")
  void replay() {
    WireProtobufClient client = fixture.protobufReliable(fixture.token());
    String target = connection(client.connectionId());
    fixture.rest().sendText(target, "a");
    fixture.rest().sendText(target, "b");
    String second = "12 0F 0A 06 73 65 72 76 65 72 1A 03 0A 01 62 20 02";
    client.expect("12 0F 0A 06 73 65 72 76 65 72 1A 03 0A 01 61 20 01");
    client.expect(second);
    client.send("42 02 08 01");
    client.expectOpen();

    client.wire().drop();
    WireProtobufClient recovered = fixture.recover(client, PROTOBUF_RELIABLE);

    recovered.expect(second);
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C234 a recovery keeps the original subprotocol, whatever is offered")
  void recoveryKeepsTheSubprotocol() {
    WireProtobufClient client = fixture.protobufReliable(fixture.token());
    client.wire().drop();

    WireProtobufClient recovered = fixture.recover(client, FakeFixture.RELIABLE);

    assertThat(recovered.wire().subprotocol()).contains(PROTOBUF_RELIABLE);
    fixture.rest().sendText(connection(client.connectionId()), "hi");
    recovered.expect("12 10 0A 06 73 65 72 76 65 72 1A 04 0A 02 68 69 20 01");
    recovered.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols F.1: only data has a sequence_id; sequence ids of JSON and protobuf members are apart")
  void sequenceIds() {
    WireProtobufClient client =
        fixture.protobufReliable(fixture.token().roles(RJ, RS).groups("room"));
    WireProtobufClient plain = fixture.protobuf(fixture.token().groups("room"));
    WireJsonClient json = fixture.reliable(fixture.token().groups("room"));
    fixture.rest().sendText(connection(json.connectionId()), "x");

    client.send("0A 0E 0A 04 72 6F 6F 6D 10 01 1A 04 0A 02 68 69");

    client.expect("12 15 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 04 0A 02 68 69 20 01");
    client.expectAck(1);
    client.expectOpen();
    plain.expect("12 13 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 04 0A 02 68 69");
    assertThat(json.next()).endsWith("\"sequenceId\":1}");
    assertThat(json.next()).endsWith("\"sequenceId\":2}");
  }

  @Test
  @DisplayName("C222, C223 on the reliable subprotocol: 1003 and 1007, and no recovery after that")
  void invalidOnReliable() {
    WireProtobufClient text = fixture.protobufReliable(fixture.token());
    text.wire().sendText("{}");
    text.wire().expectClose(1003);

    WireProtobufClient invalid = fixture.protobufReliable(fixture.token());
    invalid.send("32 00");
    invalid.wire().expectClose(1007);

    fixture.expectRefused(
        FakeFixture.recovery(
            FakeFixture.HUB, invalid.connectionId(), invalid.reconnectionToken().orElseThrow()));
  }

  @Test
  @DisplayName("C235 a protobuf client is told the group and no sender")
  void noSender() {
    WireProtobufClient receiver = fixture.protobuf(fixture.token().groups("g"));
    WireJsonClient sender = fixture.json(fixture.token().user("alice").roles(RS));

    sender.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi','ackId':1}"));

    sender.expectAck(1);
    receiver.expect("12 10 0A 05 67 72 6F 75 70 12 01 67 1A 04 0A 02 68 69");
    receiver.expectOpen();
  }

  @Test
  @DisplayName("C236 ttl_seconds 300 is accepted, 301 closes with 1007")
  void ttl() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RS));

    client.send(
        message()
            .message(
                1,
                message()
                    .string(1, "room")
                    .number(2, 1)
                    .message(3, message().string(1, "hi"))
                    .number(5, 300)));
    client.expectAck(1);

    client.send(
        message()
            .message(
                1,
                message()
                    .string(1, "room")
                    .number(2, 2)
                    .message(3, message().string(1, "hi"))
                    .number(5, 301)));
    client.expectInvalid();
  }

  @Test
  @DisplayName("R068 REST sends reach a protobuf client as text_data, json_data and binary_data")
  void fromRest() {
    WireProtobufClient client = fixture.protobuf(fixture.token());
    String target = connection(client.connectionId());

    fixture.rest().sendText(target, "hi");
    fixture.rest().sendJson(target, "{\"a\":1}");
    fixture.rest().sendBinary(target, (byte) 1, (byte) 2, (byte) 3);

    client.expect("12 0E 0A 06 73 65 72 76 65 72 1A 04 0A 02 68 69");
    client.expect(serverData(message().string(4, "{\"a\":1}")));
    client.expect(serverData(message().bytes(2, hex("01 02 03"))));
    client.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols G.5: leave, binary with no_echo, metadata, sequence ack, Duplicate, no event handler")
  void otherRequests() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RJ, RS).groups("room"));

    client.send("0A 11 0A 04 72 6F 6F 6D 10 01 1A 05 12 03 01 02 03 20 01");
    client.expectAck(1);

    client.send("0A 16 0A 04 72 6F 6F 6D 10 02 1A 04 0A 02 68 69 32 06 0A 01 6B 12 01 76");
    client.expect(
        "12 1B 0A 05 67 72 6F 75 70 12 04 72 6F 6F 6D 1A 04 0A 02 68 69 2A 06 0A 01 6B 12 01 76");
    client.expectAck(2);

    client.send("3A 08 0A 04 72 6F 6F 6D 10 02");
    client.expectAck(2, "Duplicate", "Message with ack-id: 2 has been processed");

    client.send("42 02 08 05");
    client.expectOpen();

    client.send("2A 12 0A 07 6D 65 73 73 61 67 65 12 05 12 03 01 02 03 18 09");
    client.expectAck(9, "InternalServerError", "Internal server error");
  }

  @Test
  @DisplayName("the largest message, 1 MiB, passes through; the largest ack_id, 2^64-1, comes back")
  void largest() {
    WireProtobufClient client = fixture.protobuf(fixture.token().roles(RS).groups("room"));
    String text = "x".repeat(1_048_576 - 40);

    client.send(
        message()
            .message(
                1,
                message().string(1, "room").number(2, -1).message(3, message().string(1, text))));

    client.expect(groupData("room", message().string(1, text)));
    client.expectAck(-1);
  }

  @Test
  @DisplayName("an upper-case offer is matched and echoed as it was spelled")
  void spelling() {
    WireProtobufClient client =
        WireProtobufClient.on(
            fixture.open(fixture.request(fixture.token()).offering("Protobuf.WebPubSub.Azure.V1")));

    assertThat(client.wire().subprotocol()).contains("Protobuf.WebPubSub.Azure.V1");
    client.expectOpen();
  }

  private static ProtobufBytes groupData(String group, ProtobufBytes data) {
    return message().message(2, message().string(1, "group").string(2, group).message(3, data));
  }

  private static ProtobufBytes serverData(ProtobufBytes data) {
    return message().message(2, message().string(1, "server").message(3, data));
  }
}
