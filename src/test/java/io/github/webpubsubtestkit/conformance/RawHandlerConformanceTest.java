package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.FAILURE;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.binary;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.text;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A simple client and the application's handler (client-protocols D.1, L.3). */
class RawHandlerConformanceTest {

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

  @Test
  @DisplayName("C076 a text is the event message, and 204 brings nothing back")
  void textWithoutReply() {
    upstream.on("message", UpstreamAnswer.noContent(), text("next"));
    WireClient client = fixture.raw();

    client.sendText("hi");
    client.sendText("again");

    client.expectText("next");
    ReceivedRequest post = upstream.posts("message").get(0);
    assertThat(post.mediaType()).isEqualTo("text/plain");
    assertThat(post.text()).isEqualTo("hi");
  }

  @Test
  @DisplayName("C077 bytes are the event message of type octet-stream")
  void bytes() {
    fixture.raw().sendBinary((byte) 1, (byte) 2);

    ReceivedRequest post = upstream.awaitPost("message");
    assertThat(post.mediaType()).isEqualTo("application/octet-stream");
    assertThat(post.body()).containsExactly(1, 2);
  }

  @Test
  @DisplayName("C078 a reply in text is a text frame")
  void textReply() {
    answered(text("yo")).expectText("yo");
  }

  @Test
  @DisplayName("C079 a reply in JSON is a text frame")
  void jsonReply() {
    answered(UpstreamAnswer.json("{'a':1}")).expectText(json("{'a':1}"));
  }

  @Test
  @DisplayName("C080 a reply in bytes is a binary frame")
  void binaryReply() {
    answered(binary((byte) 1)).expectBinary((byte) 1);
  }

  @Test
  @DisplayName("C081 a reply without a type is a binary frame")
  void replyWithoutType() {
    answered(status(200).bytes((byte) 1)).expectBinary((byte) 1);
  }

  @Test
  @DisplayName("C082 an empty reply with metadata is an empty text frame")
  void emptyWithMetadata() {
    answered(status(200).header("x-webpubsub-metadata-a", "1")).expectText("");
  }

  @Test
  @DisplayName("C083 a handler that fails closes the connection")
  void failure() {
    answered(status(500)).expectClose(1011, FAILURE);
  }

  @Test
  @DisplayName("C084 a reply of a type that is none of ours closes the connection")
  void unknownType() {
    answered(status(200).body("image/png", "x")).expectClose(1011);
  }

  @Test
  @DisplayName("C097 a text of 1 MiB is delivered")
  void longest() {
    String text = "x".repeat(1024 * 1024);
    WireClient client = fixture.raw();

    client.sendText(text);

    assertThat(upstream.awaitPost("message").text().equals(text)).isTrue();
    client.expectOpen();
  }

  @Test
  @DisplayName("C099 a text in three fragments is one event")
  void fragments() {
    WireClient client = fixture.raw();

    client.sendTextInFragments("a", "b", "c");

    assertThat(upstream.awaitPost("message").text()).isEqualTo("abc");
    client.expectOpen();
    EventFixture.leave(client, "");
    fixture.awaitIdle();
    upstream.awaitPost("message");
  }

  private WireClient answered(UpstreamAnswer answer) {
    upstream.on("message", answer);
    WireClient client = fixture.raw();
    client.sendText("hi");
    return client;
  }
}
