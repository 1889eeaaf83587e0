package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.FAILURE;
import static io.github.webpubsubtestkit.conformance.EventFixture.event;
import static io.github.webpubsubtestkit.conformance.EventFixture.expectFailure;
import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.reply;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.message;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.binary;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.text;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sender of a user event gets of the application's answer (event-handlers 7.2 to 7.4). */
class UserEventAnswersConformanceTest {

  private static final int TOO_LONG = 16 * 1024 * 1024 + 1;

  private EventFixture fixture;
  private RecordingUpstream upstream;

  @BeforeEach
  void start() {
    fixture = EventFixture.start();
    upstream = fixture.upstream();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  // event-handlers 7.2 successful answers

  @Test
  @DisplayName("E134 204 is an ack and nothing else")
  void noReply() {
    onlyAck(noContent());
  }

  @Test
  @DisplayName("E135 text is a message of the server, before the ack")
  void textReply() {
    assertReply(text("yo"), reply("text", "'yo'"));
  }

  @Test
  @DisplayName("E136 JSON stands in the message as it is")
  void jsonReply() {
    assertReply(
        status(200).body("application/json; charset=utf-8", json("{'r':1}")),
        reply("json", "{'r':1}"));
  }

  @Test
  @DisplayName("E137 bytes stand in the message as base64")
  void binaryReply() {
    assertReply(binary((byte) 1, (byte) 2, (byte) 3), reply("binary", "'AQID'"));
  }

  @Test
  @DisplayName("E138 a reply without a type is bytes")
  void replyWithoutType() {
    assertReply(status(200).bytes("yo".getBytes(UTF_8)), reply("binary", "'eW8='"));

    upstream.on("message", status(200).bytes("yo".getBytes(UTF_8)));
    WireClient raw = fixture.raw();
    raw.sendText("hi");
    raw.expectBinary("yo".getBytes(UTF_8));
  }

  @Test
  @DisplayName("E139 text and JSON are a text frame for a simple client")
  void rawText() {
    assertRawText(text("yo"), "yo");
    assertRawText(UpstreamAnswer.json("{'r': 1}"), json("{'r': 1}"));
  }

  @Test
  @DisplayName("E140 bytes are a binary frame for a simple client")
  void rawBinary() {
    upstream.on("message", binary((byte) 1, (byte) 2));
    WireClient client = fixture.raw();

    client.sendText("hi");

    client.expectBinary((byte) 1, (byte) 2);
    client.expectOpen();
  }

  @Test
  @DisplayName("E141 an empty answer is no message, whatever its type")
  void emptyWithType() {
    onlyAck(binary());

    upstream.on("message", binary(), text("next"));
    WireClient raw = fixture.raw();
    raw.sendText("one");
    raw.sendText("two");
    raw.expectText("next");
  }

  @Test
  @DisplayName("E142 an empty answer with metadata is a message")
  void metadataOnly() {
    assertReply(
        status(200).header("x-webpubsub-metadata-K", "v"),
        json(
            "{'type':'message','from':'server','dataType':'text','data':'','metadata':{'k':'v'}}"));
  }

  @Test
  @DisplayName("E143 for a simple client it is an empty text frame")
  void rawMetadataOnly() {
    assertRawText(status(200).header("x-webpubsub-metadata-K", "v"), "");
  }

  @Test
  @DisplayName("E144 of several values of a key the last one counts")
  void lastMetadata() {
    assertReply(
        text("yo").header("x-webpubsub-metadata-k", "a").header("X-WebPubSub-Metadata-K", "b, c"),
        json(
            "{'type':'message','from':'server','dataType':'text','data':'yo','metadata':{'k':'c'}}"));
  }

  @Test
  @DisplayName("E187 202 counts like 200, and chunks like a body with a length")
  void acceptedInChunks() {
    assertReply(status(202).body("text/plain", "yo").inChunks(), reply("text", "'yo'"));
  }

  @Test
  @DisplayName("E188 a key without a name is none")
  void metadataWithoutKey() {
    assertReply(text("yo").header("x-webpubsub-metadata-", "v"), reply("text", "'yo'"));
  }

  @Test
  @DisplayName("event-handlers 7.2: media types are compared in any case")
  void typeInAnyCase() {
    assertReply(status(200).body("TEXT/Plain;charset=UTF-8", "yo"), reply("text", "'yo'"));
  }

  @Test
  @DisplayName(
      "event-handlers 7.2: an Any is base64 for a JSON client, and a binary frame for a simple one")
  void protobufReply() {
    byte[] any = message().string(1, "t/x").bytes(2, (byte) 8, (byte) 1).toBytes();
    UpstreamAnswer answer = status(200).header("Content-Type", "application/x-protobuf").bytes(any);
    assertReply(answer, reply("protobuf", "'CgN0L3gSAggB'"));

    upstream.on("message", answer);
    WireClient raw = fixture.raw();
    raw.sendText("hi");
    raw.expectBinary(any);
  }

  @Test
  @DisplayName(
      "event-handlers 7.2: what is no Any is a failure for a protobuf client, which could not read it")
  void noAny() {
    upstream.on(
        "ev", status(200).header("Content-Type", "application/x-protobuf").bytes((byte) 0xff));
    WireProtobufClient client = fixture.protobuf();
    ProtobufBytes event = message().string(1, "ev").message(2, message().string(1, "hi"));

    client.send(message().message(5, event.number(3, 1)));
    client.expectAck(1, "InternalServerError", EventFixture.FAILURE);

    assertThat(fixture.fake().timeline())
        .contains("application/x-protobuf that is no serialized google.protobuf.Any");
  }

  @Test
  @DisplayName(
      "event-handlers 7.2: the protobuf client's view of replies in text, JSON, bytes and Any")
  void protobufClient() {
    byte[] any = message().string(1, "t/x").toBytes();
    upstream.on(
        "ev",
        text("yo"),
        binary((byte) 1),
        status(200).header("Content-Type", "application/x-protobuf").bytes(any),
        UpstreamAnswer.json("{'r':1}"),
        noContent());
    WireProtobufClient client = fixture.protobuf();
    ProtobufBytes[] replies = {
      message().string(1, "yo"),
      message().bytes(2, (byte) 1),
      message().bytes(3, any),
      message().string(4, json("{'r':1}"))
    };

    for (int i = 0; i < replies.length; i++) {
      client.send(protobufEvent(i + 1));
      client.expect(message().message(2, message().string(1, "server").message(3, replies[i])));
      client.expectAck(i + 1);
    }
    client.send(protobufEvent(5));
    client.expectAck(5);
  }

  // event-handlers 7.4 failure

  @Test
  @DisplayName("E145 a type that is none of ours is a failure")
  void unknownType() {
    assertFailure(status(200).body("image/png", "x"));

    assertRawFailure(status(200).body("image/png", "x"));
  }

  @Test
  @DisplayName("E146 a reply of more than 16 MiB is a failure")
  void tooLong() {
    assertFailure(binary(new byte[TOO_LONG]));
  }

  @Test
  @DisplayName("E146 so it is in chunks")
  void tooLongInChunks() {
    assertFailure(binary(new byte[TOO_LONG]).inChunks());
  }

  @ParameterizedTest(name = "E147 {0} is a failure after one request")
  @ValueSource(ints = {400, 401, 404, 429})
  void refused(int status) {
    assertFailure(status(status));

    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("E148 500 is a failure after four requests")
  void serverError() {
    assertFailure(status(500));

    assertThat(upstream.posts("ev")).hasSize(4);
  }

  @Test
  @DisplayName("E149 500 once is no failure")
  void serverErrorOnce() {
    assertReply(reply("text", "'yo'"), status(500), text("yo"));

    assertThat(upstream.posts("ev")).hasSize(2);
  }

  @Test
  @DisplayName("E150 nothing of a failure reaches a client that did not ask for an ack")
  void silentFailure() {
    upstream.on("ev", status(500).body("text/plain", "secret"));
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi"));
    client.expectOpen();

    assertThat(upstream.posts("ev")).hasSize(4); // the ping was read after the event had failed
  }

  @Test
  @DisplayName("E151 a simple client is closed, and the application hears of it")
  void rawFailure() {
    assertRawFailure(status(500));

    ReceivedRequest disconnected = upstream.awaitPost("disconnected");
    assertThat(disconnected.id()).isEqualTo(3);
  }

  @Test
  @DisplayName("E152 with dropOnUserEventFailure a PubSub client is closed after its ack")
  void dropped() {
    try (EventFixture other =
        EventFixture.with(fake -> fake.clients(clients -> clients.dropOnUserEventFailure(true)))) {
      other.upstream().on("ev", status(500));
      WireJsonClient client = other.json();

      fails(client, "ev", 1);

      client.wire().expectClose(1011, FAILURE);
    }
  }

  @Test
  @DisplayName("E152 with dropOnUserEventFailure a PubSub client is closed without any ack")
  void droppedWithoutAck() {
    try (EventFixture other =
        EventFixture.with(fake -> fake.clients(clients -> clients.dropOnUserEventFailure(true)))) {
      other.upstream().on("ev", status(500));
      WireJsonClient client = other.json();

      client.send(event("ev", "hi"));

      client.wire().expectClose(1011, FAILURE);
    }
  }

  @Test
  @DisplayName("E185 a reply that is no JSON under a JSON type is a failure, but a text frame")
  void noJson() {
    assertFailure(UpstreamAnswer.json("not json"));

    assertRawText(UpstreamAnswer.json("not json"), "not json");
  }

  @Test
  @DisplayName("E186 metadata beyond their limits are a failure")
  void longMetadata() {
    assertFailure(text("yo").header("x-webpubsub-metadata-k", "v".repeat(1025)));
  }

  private void onlyAck(UpstreamAnswer answer) {
    upstream.on("ev", answer);
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi", 1));

    client.expectAck(1);
    client.expectOpen();
  }

  private void assertReply(UpstreamAnswer answer, String message) {
    assertReply(message, answer);
  }

  private void assertReply(String message, UpstreamAnswer... answers) {
    upstream.on("ev", answers);
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi", 1));

    client.expect(message);
    client.expectAck(1);
    client.expectOpen();
  }

  private void assertFailure(UpstreamAnswer answer) {
    upstream.on("ev", answer);
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi", 1));

    expectFailure(client, 1);
    client.expectOpen();
  }

  private void assertRawText(UpstreamAnswer answer, String text) {
    upstream.on("message", answer);
    WireClient client = fixture.raw();

    client.sendText("hi");

    client.expectText(text);
    client.expectOpen();
  }

  private void assertRawFailure(UpstreamAnswer answer) {
    upstream.on("message", answer);
    WireClient client = fixture.raw();

    client.sendText("hi");

    client.expectClose(1011, FAILURE);
  }

  private static ProtobufBytes protobufEvent(long ackId) {
    return message()
        .message(
            5, message().string(1, "ev").message(2, message().string(1, "hi")).number(3, ackId));
  }
}
