package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The JDK's HttpClient")
@Timeout(30)
class JdkHttpClientTest {

  private TestServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    server =
        TestServer.start(
            TestLimits.http(32 * 1024, 100_000),
            (request, exchange) -> {
              if (request.target().equals("/refuse")) {
                exchange.respond(HttpResponse.of(401));
              } else if (exchange.isWebSocketUpgrade()) {
                exchange.upgrade(
                    request.headers().first("Sec-WebSocket-Protocol").orElse(null),
                    RecordingHandler.Echo::new);
              } else {
                exchange.respond(TestServer.echo(request));
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private URI http(String path) {
    return URI.create("http://127.0.0.1:" + server.address.getPort() + path);
  }

  private java.net.http.HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        java.net.http.HttpRequest.newBuilder(http(path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  @DisplayName("calls REST and then opens a WebSocket, on the same kept-alive client")
  void restThenWebSocket() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(post("/call" + i, "body").body()).isEqualTo("POST /call" + i + " body");
    }
    Listener listener = new Listener();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .subprotocols("chat")
            .buildAsync(server.uri("/ws"), listener)
            .get(10, TimeUnit.SECONDS);
    assertThat(socket.getSubprotocol()).isEqualTo("chat");
    socket.sendText("hel", false).get(10, TimeUnit.SECONDS);
    socket.sendText("lo", true).get(10, TimeUnit.SECONDS);
    assertThat(listener.next()).isEqualTo("text hello");
    socket.sendBinary(ByteBuffer.wrap(new byte[70_000]), true).get(10, TimeUnit.SECONDS);
    assertThat(listener.next()).isEqualTo("binary 70000");
    socket.sendPing(ByteBuffer.wrap("p".getBytes(UTF_8))).get(10, TimeUnit.SECONDS);
    assertThat(listener.next()).isEqualTo("pong p");
    assertThat(post("/between", "x").statusCode()).isEqualTo(200);
    socket.sendClose(1000, "bye").get(10, TimeUnit.SECONDS);
    assertThat(listener.next()).isEqualTo("close 1000 bye");
    assertThat(post("/after", "y").body()).isEqualTo("POST /after y");
  }

  @Test
  @DisplayName("sees the status of a refused handshake")
  void refusal() throws Exception {
    Throwable failure = null;
    try {
      client
          .newWebSocketBuilder()
          .buildAsync(server.uri("/refuse"), new Listener())
          .get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      failure = e.getCause();
    }

    assertThat(failure)
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
  }

  @Test
  @DisplayName("uploads with Expect: 100-continue, in chunks, and reads the refusal of too much")
  void bodies() throws Exception {
    java.net.http.HttpRequest expecting =
        java.net.http.HttpRequest.newBuilder(http("/e"))
            .expectContinue(true)
            .PUT(BodyPublishers.ofString("expected"))
            .build();
    assertThat(client.send(expecting, BodyHandlers.ofString()).body()).isEqualTo("PUT /e expected");

    java.net.http.HttpRequest chunked =
        java.net.http.HttpRequest.newBuilder(http("/c"))
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("streamed".repeat(1000))))
            .build();
    assertThat(client.send(chunked, BodyHandlers.ofString()).body())
        .isEqualTo("POST /c " + "streamed".repeat(1000));

    assertThat(post("/big", "x".repeat(3_000_000)).body()).isEqualTo("POST /big too large");
    assertThat(post("/next", "z").body()).isEqualTo("POST /next z");
  }

  /** Writes down what comes. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private int binaryBytes;

    String next() throws InterruptedException {
      return String.valueOf(events.poll(10, TimeUnit.SECONDS));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      events.add("text " + data);
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      binaryBytes += data.remaining();
      if (last) {
        events.add("binary " + binaryBytes);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      events.add("pong " + UTF_8.decode(message));
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      events.add("close " + code + " " + reason);
      return null;
    }
  }
}
