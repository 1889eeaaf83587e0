package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.allowing;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The scripted application, asked by a client that is no more than a socket. */
class RecordingUpstreamTest {

  @Test
  @DisplayName("a request is recorded as it came: lines in order, bytes as bytes, the body whole")
  void records() {
    try (RecordingUpstream upstream = RecordingUpstream.start();
        WireSocket socket = connect(upstream)) {
      post(socket, "/eh/ev?code=1", "ev", "ce-userId: Zoë\r\nX-A:1\r\nx-a:  2 \r\n", "hé");

      HttpAnswer answer = HttpAnswer.read(socket, "POST");
      ReceivedRequest request = upstream.awaitPost("ev");

      assertThat(answer.status()).isEqualTo(204);
      assertThat(request.target()).isEqualTo("/eh/ev?code=1");
      assertThat(request.path()).isEqualTo("/eh/ev");
      assertThat(request.all("X-A")).containsExactly("1", "2");
      assertThat(String.valueOf(request.header("ce-userId")).getBytes(ISO_8859_1))
          .isEqualTo("Zoë".getBytes(UTF_8));
      assertThat(request.text()).isEqualTo("hé");
      assertThat(request.headerNames())
          .containsExactly("ce-eventname", "ce-userid", "x-a", "x-a", "content-length");
    }
  }

  @Test
  @DisplayName("answers come in the order of the script, the last one for ever, on one connection")
  void script() {
    try (RecordingUpstream upstream = RecordingUpstream.start();
        WireSocket socket = connect(upstream)) {
      upstream.on("ev", status(503), UpstreamAnswer.text("yo").inChunks(), noContent().state(""));
      for (int i = 0; i < 4; i++) {
        post(socket, "/eh/ev", "ev", "", "");
      }

      assertThat(HttpAnswer.read(socket, "POST").status()).isEqualTo(503);
      HttpAnswer chunked = HttpAnswer.read(socket, "POST");
      assertThat(chunked.text()).isEqualTo("yo");
      assertThat(chunked.header("Content-Type")).contains("text/plain");
      assertThat(chunked.header("Transfer-Encoding")).contains("chunked");
      for (int i = 0; i < 2; i++) {
        HttpAnswer answer = HttpAnswer.read(socket, "POST");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("ce-connectionState")).contains("");
      }
      upstream.awaitPosts("ev", 4);
    }
  }

  @Test
  @DisplayName("validations are answered as a script says, repeated lines included")
  void validations() {
    try (RecordingUpstream upstream = RecordingUpstream.start();
        WireSocket socket = connect(upstream)) {
      upstream.onValidate(allowing("a", "b"));

      socket.send("OPTIONS /eh/validate HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));

      assertThat(HttpAnswer.read(socket, "OPTIONS").headers().get("webhook-allowed-origin"))
          .containsExactly("a", "b");
      assertThat(upstream.validations()).hasSize(1);
      assertThat(upstream.posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("an answer waits at its gate, and other connections do not")
  void gate() {
    try (RecordingUpstream upstream = RecordingUpstream.start();
        WireSocket slow = connect(upstream);
        WireSocket quick = connect(upstream)) {
      Gate gate = upstream.gate();
      upstream.on("slow", gate, status(201));
      post(slow, "/", "slow", "", "");
      upstream.awaitPost("slow");
      post(quick, "/", "quick", "", "");
      assertThat(HttpAnswer.read(quick, "POST").status()).isEqualTo(204);

      gate.open();

      assertThat(HttpAnswer.read(slow, "POST").status()).isEqualTo(201);
      upstream.awaitAllAnswered();
    }
  }

  @Test
  @DisplayName("a reset is a reset")
  void reset() {
    try (RecordingUpstream upstream = RecordingUpstream.start();
        WireSocket socket = connect(upstream)) {
      upstream.on("ev", UpstreamAnswer.reset());

      post(socket, "/", "ev", "", "");

      assertThat(socket.read()).isEqualTo(-1);
      assertThat(socket.end()).isEqualTo(WireSocket.End.RESET);
    }
  }

  @Test
  @DisplayName("silence lasts until the application ends, and does not hold up its end")
  void silence() {
    RecordingUpstream upstream = RecordingUpstream.start();
    try (WireSocket socket = connect(upstream)) {
      upstream.on("ev", UpstreamAnswer.silence());
      post(socket, "/", "ev", "", "");
      upstream.awaitPost("ev");

      upstream.close();

      assertThat(socket.read()).isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("a request that is none of HTTP/1.1 fails the test")
  void malformed() {
    RecordingUpstream upstream = RecordingUpstream.start();
    try (WireSocket socket = connect(upstream)) {
      socket.send("POST /\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(socket.read()).isEqualTo(-1);
    }

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(upstream::close)
        .withMessageContaining("not a request line of HTTP/1.1: \"POST /\"");
  }

  @Test
  @DisplayName("a script that fails fails the test")
  void scriptFails() {
    RecordingUpstream upstream = RecordingUpstream.start();
    try (WireSocket socket = connect(upstream)) {
      upstream.on(
          "ev",
          request -> {
            throw new IOException("as it had to come");
          });
      post(socket, "/", "ev", "", "");
      assertThat(socket.read()).isEqualTo(-1);
    }

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(upstream::close)
        .withMessageContaining("as it had to come");
  }

  private static WireSocket connect(RecordingUpstream upstream) {
    return WireSocket.connect(URI.create(upstream.url("/")));
  }

  private static void post(
      WireSocket socket, String target, String event, String lines, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nce-eventName: %s\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(target, event, lines, bytes.length);
    socket.send((head + body).getBytes(UTF_8));
  }
}
