package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.event;
import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.json;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.silence;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the tests of Microsoft's emulator show of replies that fail and of connections that end
 * while the application is asked (event-handlers 7.2 and 9).
 */
class EventEndsConformanceTest {

  private EventFixture fixture;
  private RecordingUpstream upstream;

  @BeforeEach
  void start() {
    fixture = EventFixture.start();
    upstream = fixture.upstream();
    upstream.on("connect", noContent().state("initial"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  // ---- a reply that fails

  private void assertLeavesStateAlone(UpstreamAnswer failing) {
    upstream.on("one", failing.state("must-not-apply"));
    WireJsonClient client = fixture.json();

    fails(client, "one", 1);
    succeeds(client, "two", 2);

    assertThat(upstream.awaitPost("two").header("ce-connectionState")).isEqualTo("initial");
  }

  @Test
  @DisplayName("E190 a reply of a type that cannot be passed on leaves the state alone")
  void unsupportedType() {
    assertLeavesStateAlone(status(200).body("unsupported/type", "x"));
  }

  @Test
  @DisplayName("E191 a reply of more than 16 MiB leaves the state alone")
  void tooLarge() {
    assertLeavesStateAlone(
        status(200).header("Content-Type", "text/plain").bytes(new byte[16 * 1024 * 1024 + 1]));
  }

  @Test
  @DisplayName("E192 a reply that is no JSON leaves the state alone")
  void noJson() {
    assertLeavesStateAlone(status(200).body("application/json", "{"));
  }

  @Test
  @DisplayName("E193 a reply with metadata that cannot be passed on leaves the state alone")
  void badMetadata() {
    assertLeavesStateAlone(text("x").header("x-webpubsub-metadata-k", "v".repeat(1025)));
  }

  @Test
  @DisplayName("E194 disconnected of a simple client has the state before the reply that failed")
  void rawFailure() {
    upstream.on("message", status(200).body("unsupported/type", "x").state("must-not-apply"));
    WireClient client = fixture.raw();

    client.sendText("x");
    client.expectClose(1011, "Internal server error");

    assertThat(upstream.awaitPost("disconnected").header("ce-connectionState"))
        .isEqualTo("initial");
  }

  @Test
  @DisplayName("E195 a reply that is taken replaces the state before the next event")
  void taken() {
    upstream.on("one", json("{'a':1}").state("applies"));
    WireJsonClient client = fixture.json();

    client.send(event("one", "hi"));
    client.expect(EventFixture.reply("json", "{'a':1}"));
    succeeds(client, "two", 2);

    assertThat(upstream.awaitPost("two").header("ce-connectionState")).isEqualTo("applies");
  }

  // ---- the end of a connection

  @ParameterizedTest(name = "E196 disconnected does not wait for an unanswered connected: {0}")
  @ValueSource(strings = {"simple, closed", "simple, lost", "JSON, closed", "JSON, lost"})
  void disconnectedBeforeConnected(String how) {
    upstream.on("connected", silence());
    WireClient client = how.startsWith("JSON") ? fixture.json().wire() : fixture.raw();
    upstream.awaitPost("connected");

    if (how.endsWith("lost")) {
      client.drop();
    } else {
      leave(client, "bye");
    }

    assertThat(upstream.awaitPost("disconnected").id()).isEqualTo(2);
  }

  @Test
  @DisplayName("E197 the unanswered connected goes on undisturbed when its client has gone")
  void connectedGoesOn() {
    Gate gate = upstream.gate();
    upstream.on("connected", gate, noContent());
    WireClient client = fixture.raw();
    upstream.awaitPost("connected");

    leave(client, "bye");
    upstream.awaitPost("disconnected");
    gate.open();

    fixture.awaitIdle();
    assertThat(upstream.posts("connected")).hasSize(1);
    assertThat(fixture.fake().timeline()).doesNotContain("given up");
  }

  @Test
  @DisplayName("E198 the loss of a simple client's socket ends its unanswered event at once")
  void rawLoss() {
    upstream.on("message", silence());
    WireClient client = fixture.raw();
    client.sendText("hello");
    client.sendText("never read");
    upstream.awaitPost("message");

    client.drop();

    ReceivedRequest disconnected = upstream.awaitPost("disconnected");
    assertThat(disconnected.text()).isEqualTo("{\"reason\":\"The connection ended.\"}");
    assertThat(disconnected.id()).isEqualTo(3);
    assertThat(upstream.posts("message")).hasSize(1);
    assertThat(fixture.fake().timeline())
        .contains("message of alice#1: given up, as its client has gone");
  }

  @Test
  @DisplayName("E199 a simple client's close waits for its event")
  void rawClose() {
    Gate gate = upstream.gate();
    upstream.on("message", gate, text("answer"));
    WireClient client = fixture.raw();
    client.sendText("hello");
    upstream.awaitPost("message");

    client.sendClose(1000, "bye");
    fixture.fake().clock().advanceBy(Duration.ZERO);
    fixture.fake().clock().advanceBy(Duration.ZERO);
    assertThat(upstream.posts("disconnected")).isEmpty();
    gate.open();

    client.expectText("answer");
    client.expectCloseFrame(1000, "bye");
    assertThat(upstream.awaitPost("disconnected").id()).isEqualTo(3);
    assertThat(upstream.posts("message")).hasSize(1);
  }
}
