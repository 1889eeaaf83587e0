package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.event;
import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.reply;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.message;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.binary;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.text;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.handler.EventHandler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PubSub clients and the application's handler (client-protocols E.6, L.5 to L.8). */
class ClientEventsConformanceTest {

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

  // client-protocols E.6

  @Test
  @DisplayName("C166 an event is delivered and acknowledged")
  void delivered() {
    WireJsonClient client = fixture.fixture().json(fixture.fixture().token());

    client.send(event("e1", "hi", 1));
    client.expectAck(1);

    ReceivedRequest post = upstream.awaitPost("e1");
    assertThat(post.header("ce-eventName")).isEqualTo("e1");
    assertThat(post.mediaType()).isEqualTo("text/plain");
    assertThat(post.text()).isEqualTo("hi");
  }

  @Test
  @DisplayName("C167 a reply in JSON comes before the ack")
  void jsonReply() {
    upstream.on("ev", UpstreamAnswer.json("{'ok':true}"));
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi", 9));

    client.expect(reply("json", "{'ok':true}"));
    client.expectAck(9);
  }

  @Test
  @DisplayName("C168 a reply comes without an ack where none is asked for")
  void replyWithoutAck() {
    upstream.on("ev", text("yo"));
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi"));

    client.expect(reply("text", "'yo'"));
    client.expectOpen();
  }

  @Test
  @DisplayName("C169 a reply in bytes, or without a type, is base64")
  void binaryReply() {
    upstream.on("ev", binary((byte) 1), status(200).bytes((byte) 1));
    WireJsonClient client = fixture.json();

    for (int ackId = 1; ackId <= 2; ackId++) {
      client.send(event("ev", "hi", ackId));
      client.expect(reply("binary", "'AQ=='"));
      client.expectAck(ackId);
    }
  }

  @Test
  @DisplayName("C170 an empty reply with metadata is a message of empty text")
  void metadataOnly() {
    upstream.on("ev", status(200).header("x-webpubsub-metadata-Trace", "a, b"));
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi", 1));

    client.expect(
        json(
            "{'type':'message','from':'server','dataType':'text','data':'','metadata':{'trace':'b'}}"));
    client.expectAck(1);
  }

  @Test
  @DisplayName("C171 a failure is acknowledged as such each time, and the connection stays")
  void failsTwice() {
    upstream.on("ev", status(500));
    WireJsonClient client = fixture.json();

    fails(client, "ev", 7);
    fails(client, "ev", 7);

    client.expectOpen();
  }

  @Test
  @DisplayName("C172 what failed can be sent again with its ack id")
  void failsOnce() {
    try (EventFixture other =
        EventFixture.with(fake -> fake.events(events -> events.handlerRetryDelays()))) {
      other.upstream().on("ev", status(500), noContent());
      WireJsonClient client = other.json();

      fails(client, "ev", 7);
      succeeds(client, "ev", 7);
    }
  }

  @Test
  @DisplayName("C173 a failure without an ack id is silent")
  void silentFailure() {
    upstream.on("ev", status(400).body("text/plain", "no"));
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi"));

    client.expectOpen();
    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("C174 an event that neither handler nor listener takes fails")
  void nobody() {
    try (EventFixture other = EventFixture.of((fake, application) -> {})) {
      WireJsonClient client = other.json();

      fails(client, "ev", 1);

      client.expectOpen();
    }
  }

  @Test
  @DisplayName("C175 a listener alone takes the event")
  void listenerOnly() {
    try (EventFixture other = EventFixture.of((fake, application) -> {})) {
      other.fake().recordEvents();

      succeeds(other.json(), "ev", 1);
    }
  }

  @Test
  @DisplayName("C176 a reply of a type that is none of ours is a failure")
  void unknownType() {
    upstream.on("ev", status(200).body("image/png", "x"));

    fails(fixture.json(), "ev", 1);
  }

  @Test
  @DisplayName("C177 an event that was taken is not brought again")
  void duplicate() {
    WireJsonClient client = fixture.json();

    succeeds(client, "ev", 1);
    client.send(event("ev", "hi", 1));
    client.expectDuplicate(1);

    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("C178 letters, digits, dots, hyphens and underscores make a name, up to 128 of them")
  void names() {
    WireJsonClient client = fixture.json();
    int ackId = 0;

    for (String name : List.of("E", "event-name_1.2", "a" + "b".repeat(127))) {
      succeeds(client, name, ++ackId);
      assertThat(upstream.awaitPost(name).header("ce-eventName")).isEqualTo(name);
    }
  }

  @ParameterizedTest(name = "C179 the name {0} closes the connection")
  @ValueSource(strings = {"''", "'1event'", "'bad/event'", "'bad event'", "129", "null"})
  void badName(String name) {
    String value = name.equals("129") ? "'" + "e".repeat(129) + "'" : name;
    WireJsonClient client = fixture.json();

    client.send(
        json(
            "{'type':'event','event':%s,'dataType':'text','data':'hi','ackId':1}"
                .formatted(value)));

    client.expectInvalid();
    upstream.awaitEvents("connect", "connected", "disconnected");
  }

  @Test
  @DisplayName("C180 metadata may come without data")
  void metadataWithoutData() {
    WireJsonClient client = fixture.json();

    client.send(json("{'type':'event','event':'ev','metadata':{'k':'v'},'ackId':1}"));
    client.expectAck(1);

    assertThat(upstream.awaitPost("ev").body()).isEmpty();
    assertThat(upstream.awaitPost("ev").header("x-webpubsub-metadata-k")).isEqualTo("v");
  }

  @Test
  @DisplayName("C181 an event without data and metadata closes the connection")
  void nothing() {
    WireJsonClient client = fixture.json();

    client.send(json("{'type':'event','event':'ev','ackId':1}"));

    client.expectInvalid();
  }

  @Test
  @DisplayName("C182 what comes after an event waits for its ack")
  void inOrder() {
    Gate gate = upstream.gate();
    upstream.on("ev", gate, noContent());
    WireJsonClient client = fixture.json();

    client.send(List.of(event("ev", "hi", 1), json("{'type':'ping'}")));
    upstream.awaitPost("ev");
    gate.open();

    client.expectAck(1);
    client.expect(json("{'type':'pong'}"));
  }

  @Test
  @DisplayName("C183 properties that an event does not have are ignored")
  void unknownProperties() {
    WireJsonClient client = fixture.json();

    client.send(
        json(
            "{'type':'event','event':'ev','dataType':'text','data':'hi','ackId':1,"
                + "'noEcho':true,'group':'g','foo':{}}"));

    client.expectAck(1);
    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("C184 patterns match in any case, and the name stays as it was sent")
  void pattern() {
    try (EventFixture other =
        EventFixture.handler(
            application -> EventHandler.url(application.template()).userEvents("message,join"))) {
      succeeds(other.json(), "JOIN", 1);

      assertThat(other.upstream().awaitPost("JOIN").header("ce-eventName")).isEqualTo("JOIN");
    }
  }

  // client-protocols L.6 to L.8: reliable, protobuf, roles

  @Test
  @DisplayName("C215 an event whose ack was lost is not brought again, and its reply comes again")
  void lostAck() {
    Gate gate = upstream.gate();
    upstream.on("ev", gate, text("yo"));
    WireJsonClient client = fixture.reliable();
    client.send(event("ev", "hi", 4));
    upstream.awaitPost("ev");
    client.wire().drop();
    gate.open();
    fixture.awaitIdle();

    WireJsonClient recovered = fixture.fixture().recover(client);

    recovered.expect(
        json("{'type':'message','from':'server','dataType':'text','data':'yo','sequenceId':1}"));
    recovered.send(event("ev", "hi", 4));
    recovered.expectDuplicate(4);
    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("C231 the acks of a protobuf client's event, sent twice")
  void protobuf() {
    WireProtobufClient client = fixture.protobuf();
    String event = "2A 12 0A 07 6D 65 73 73 61 67 65 12 05 12 03 01 02 03 18 09";

    client.send(event);
    client.expectAck(9);
    client.send(event);
    client.expectAck(9, "Duplicate", "Message with ack-id: 9 has been processed");

    assertThat(upstream.awaitPost("message").body()).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("client-protocols E.6: the failure ack of a protobuf client")
  void protobufFailure() {
    upstream.on("message", status(400));
    WireProtobufClient client = fixture.protobuf();

    client.send(
        message()
            .message(
                5,
                message().string(1, "message").message(2, message().string(1, "x")).number(3, 9)));

    client.expectAck(9, "InternalServerError", EventFixture.FAILURE);
    client.expectOpen();
  }

  @Test
  @DisplayName("C248 events need no role")
  void noRole() {
    succeeds(fixture.fixture().json(fixture.fixture().token()), "ev", 1);
  }

  @Test
  @DisplayName("C307 replies of the application have the shape of all frames")
  void shapeOfReplies() {
    upstream.on("ev", text("yo"), UpstreamAnswer.json("null"), status(400));
    WireJsonClient plain = fixture.json();
    for (int ackId = 1; ackId <= 3; ackId++) {
      plain.send(event("ev", "hi", ackId));
    }
    for (int frame = 0; frame < 5; frame++) {
      FrameShape.assertPlain(plain.next());
    }
    plain.expectOpen();

    upstream.on("ev", text("yo"), UpstreamAnswer.json("null"), status(400));
    WireJsonClient reliable = fixture.reliable();
    for (int ackId = 1; ackId <= 3; ackId++) {
      reliable.send(event("ev", "hi", ackId));
    }
    for (int frame = 0; frame < 5; frame++) {
      FrameShape.assertReliable(reliable.next());
    }
    reliable.expectOpen();
  }
}
