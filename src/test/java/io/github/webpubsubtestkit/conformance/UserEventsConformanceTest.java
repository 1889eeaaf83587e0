package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.event;
import static io.github.webpubsubtestkit.conformance.EventFixture.expectFailure;
import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.reply;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.message;
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

/**
 * How user events go out, in which order, and what they leave behind (event-handlers 4.5, 7, 9).
 */
class UserEventsConformanceTest {

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

  // event-handlers 4.5 body and type

  @Test
  @DisplayName("E126 text goes out as text")
  void textEvent() {
    succeeds(fixture.json(), "ev", 1);

    ReceivedRequest post = upstream.awaitPost("ev");
    assertThat(post.mediaType()).isEqualTo("text/plain");
    assertThat(post.text()).isEqualTo("hi");
    assertThat(post.header("ce-type")).isEqualTo("azure.webpubsub.user.ev");
  }

  @Test
  @DisplayName("E127 JSON goes out as it came, byte for byte")
  void jsonEvent() {
    WireJsonClient client = fixture.json();

    client.send(
        json("{'type':'event','event':'ev','dataType':'json','data':{'a': 1, 'é':1.0},'ackId':1}"));
    client.expectAck(1);

    assertThat(upstream.awaitPost("ev").mediaType()).isEqualTo("application/json");
    assertThat(upstream.awaitPost("ev").text()).isEqualTo(json("{'a': 1, 'é':1.0}"));
  }

  @Test
  @DisplayName("E128 base64 goes out as bytes")
  void binaryEvent() {
    WireJsonClient client = fixture.json();

    client.send(json("{'type':'event','event':'ev','dataType':'binary','data':'AQID','ackId':1}"));
    client.expectAck(1);

    assertThat(upstream.awaitPost("ev").mediaType()).isEqualTo("application/octet-stream");
    assertThat(upstream.awaitPost("ev").body()).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("E129 an Any goes out as it came, byte for byte")
  void protobufEvent() {
    byte[] any = message().string(1, "t/x").bytes(2, (byte) 8, (byte) 1).toBytes();
    WireProtobufClient client = fixture.protobuf();

    client.send(
        message()
            .message(
                5, message().string(1, "ev").message(2, message().bytes(3, any)).number(3, 1)));
    client.expectAck(1);

    assertThat(upstream.awaitPost("ev").mediaType()).isEqualTo("application/x-protobuf");
    assertThat(upstream.awaitPost("ev").body()).isEqualTo(any);
  }

  @Test
  @DisplayName("E130 text of a simple client is the event message")
  void rawText() {
    fixture.raw().sendText("hi");

    ReceivedRequest post = upstream.awaitPost("message");
    assertThat(post.header("ce-type")).isEqualTo("azure.webpubsub.user.message");
    assertThat(post.mediaType()).isEqualTo("text/plain");
    assertThat(post.text()).isEqualTo("hi");
  }

  @Test
  @DisplayName("E131 bytes of a simple client are the event message")
  void rawBinary() {
    fixture.raw().sendBinary((byte) 1);

    ReceivedRequest post = upstream.awaitPost("message");
    assertThat(post.mediaType()).isEqualTo("application/octet-stream");
    assertThat(post.body()).containsExactly(1);
  }

  @Test
  @DisplayName("E132 an empty text is an event as well")
  void rawEmptyText() {
    fixture.raw().sendText("");

    ReceivedRequest post = upstream.awaitPost("message");
    assertThat(post.mediaType()).isEqualTo("text/plain");
    assertThat(post.body()).isEmpty();
    assertThat(post.header("Content-Length")).isEqualTo("0");
  }

  @Test
  @DisplayName("E133 a client that sends to a group raises no events")
  void rawSenderToGroup() {
    WireClient sender = fixture.fixture().rawSender(fixture.alice().roles(FakeFixture.RS), "g");

    sender.sendText("hi");
    sender.expectOpen();
    upstream.awaitPost("connected"); // disconnected does not wait for it

    leave(sender, "");
    fixture.awaitIdle();
    assertThat(upstream.events()).containsExactly("connect", "connected", "disconnected");
  }

  @Test
  @DisplayName("E189 no metadata, or none in it, are no headers")
  void noMetadata() {
    WireJsonClient client = fixture.json();

    succeeds(client, "one", 1);
    client.send(
        json(
            "{'type':'event','event':'two','dataType':'text','data':'x','metadata':{},'ackId':2}"));
    client.expectAck(2);

    for (String event : List.of("one", "two")) {
      assertThat(upstream.awaitPost(event).headerNames())
          .noneMatch(name -> name.startsWith("x-webpubsub-metadata-"));
    }
  }

  // event-handlers 7.3 ack

  @Test
  @DisplayName("E153 an event that was taken is not brought again")
  void duplicate() {
    WireJsonClient client = fixture.json();

    succeeds(client, "ev", 1);
    client.send(event("ev", "hi", 1));
    client.expectDuplicate(1);

    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("E154 an event that failed is brought again")
  void notDuplicate() {
    upstream.on("ev", status(400), noContent());
    WireJsonClient client = fixture.json();

    fails(client, "ev", 1);
    succeeds(client, "ev", 1);

    assertThat(upstream.posts("ev")).hasSize(2);
  }

  // event-handlers 9 order

  @Test
  @DisplayName("E155 events of one connection go out one after another")
  void inOrder() {
    Gate first = upstream.gate();
    Gate second = upstream.gate();
    upstream.on("one", first, noContent()).on("two", second, noContent());
    WireJsonClient client = fixture.json();
    upstream.awaitPost("connected");

    client.send(List.of(event("one", "a", 1), event("two", "b", 2), event("three", "c", 3)));
    upstream.awaitPost("one");
    assertThat(upstream.posts()).hasSize(3);
    first.open();
    upstream.awaitPost("two");
    client.expectAck(1);
    assertThat(upstream.posts()).hasSize(4);
    second.open();

    client.expectAck(2);
    client.expectAck(3);
    assertThat(upstream.events().subList(2, 5)).containsExactly("one", "two", "three");
  }

  @Test
  @DisplayName("E156 another connection does not wait")
  void otherConnection() {
    upstream.on("slow", upstream.gate(), noContent());
    fixture.json().send(event("slow", "hi"));
    upstream.awaitPost("slow");

    succeeds(fixture.json(), "quick", 1);
  }

  @Test
  @DisplayName("E157 the reply is for the sender only")
  void replyToTheSender() {
    upstream.on("ev", text("yo"));
    WireJsonClient other = fixture.json();
    WireJsonClient sender = fixture.json();

    sender.send(event("ev", "hi", 1));
    sender.expect(reply("text", "'yo'"));
    sender.expectAck(1);

    other.expectOpen();
  }

  // event-handlers 7.2 ce-connectionState

  @Test
  @DisplayName("E158 the state of an answer comes back with the next event")
  void state() {
    upstream.on("one", noContent().state("s1"));
    WireJsonClient client = fixture.json();

    succeeds(client, "one", 1);
    succeeds(client, "two", 2);

    assertThat(upstream.awaitPost("one").header("ce-connectionState")).isNull();
    assertThat(upstream.awaitPost("two").header("ce-connectionState")).isEqualTo("s1");
  }

  @Test
  @DisplayName("E159 an answer without a state leaves the state")
  void stateStays() {
    assertThat(stateAfter(noContent())).containsExactly("s1");
  }

  @Test
  @DisplayName("E160 an empty state replaces the state")
  void stateIsEmptied() {
    assertThat(stateAfter(noContent().state(""))).containsExactly("");
  }

  @Test
  @DisplayName("E161 the state of an answer that is no success does not count")
  void stateOfFailure() {
    upstream.on("connect", noContent().state("s1"));
    upstream.on("one", status(500).state("s2"));
    WireJsonClient client = fixture.json();

    fails(client, "one", 1);
    succeeds(client, "two", 2);

    assertThat(upstream.awaitPost("two").all("ce-connectionState")).containsExactly("s1");
  }

  /** The state after {@code s1} and then this answer. */
  private List<String> stateAfter(UpstreamAnswer answer) {
    upstream.on("connect", noContent().state("s1"));
    upstream.on("one", answer);
    WireJsonClient client = fixture.json();
    succeeds(client, "one", 1);
    succeeds(client, "two", 2);
    return upstream.awaitPost("two").all("ce-connectionState");
  }

  // reliable clients, listeners

  @Test
  @DisplayName(
      "E162 a reply that a reliable client has not taken is sent again, not asked for again")
  void replayed() {
    upstream.on("ev", text("yo"));
    WireJsonClient client = fixture.reliable();
    client.send(event("ev", "hi"));
    String numbered =
        json("{'type':'message','from':'server','dataType':'text','data':'yo','sequenceId':1}");
    client.expect(numbered);
    fixture.fixture().detach(client);

    WireJsonClient recovered = fixture.fixture().recover(client);

    recovered.expect(numbered);
    recovered.expectOpen();
    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("E163 a listener is enough, and asks nobody")
  void listenerOnly() {
    try (EventFixture other = EventFixture.of((fake, application) -> {})) {
      other.fake().recordEvents();

      succeeds(other.json(), "ev", 1);

      assertThat(other.upstream().requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("event-handlers 10: a listener does not save an event that its handler fails")
  void listenerAndHandler() {
    fixture.fake().recordEvents();
    upstream.on("ev", status(400));
    WireJsonClient client = fixture.json();

    client.send(event("ev", "hi", 1));

    expectFailure(client, 1);
    upstream.awaitPost("ev");
  }

  @Test
  @DisplayName("event-handlers 7.4: an event that nobody wants fails without a request")
  void nobodyWantsIt() {
    try (EventFixture other =
        EventFixture.handler(
            application -> EventHandler.url(application.template()).userEvents("other"))) {
      fails(other.json(), "ev", 1);

      assertThat(other.upstream().posts("ev")).isEmpty();
    }
  }
}
