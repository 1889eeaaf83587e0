package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.transport.RawPeer.Answer;
import io.github.webpubsubtestkit.internal.transport.RawPeer.RawFrame;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A WebSocket of the client side")
@Timeout(30)
class WebSocketClientTest {

  private static final List<String> NONE = List.of();

  private TransportLoop loop;
  private ServerSocket listener;

  @BeforeEach
  void open() throws Exception {
    loop = TransportLoop.start("client-test", LoopTimers.realTime());
    listener = new ServerSocket();
    listener.bind(TestServer.loopback(0));
    listener.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws Exception {
    listener.close();
    loop.close();
  }

  private URI uri(String pathAndQuery) {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + pathAndQuery);
  }

  private RawPeer accept() throws Exception {
    return RawPeer.accepted(listener.accept());
  }

  private static String keyOf(Answer request) {
    int start = request.head().indexOf("Sec-WebSocket-Key: ") + 19;
    return request.head().substring(start, start + 24);
  }

  /** Reads the request and sends an answer in which {@code KEY} is the right accept key. */
  private static Answer answer(RawPeer server, String lines) throws Exception {
    Answer request = server.readHead();
    server.sendLines(lines.replace("KEY", AcceptKey.accept(keyOf(request))));
    return request;
  }

  private static final String ACCEPTED =
      "HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: KEY||";

  private RecordingHandler opened(RawPeer server, TestClient client) throws Exception {
    answer(server, ACCEPTED);
    assertThat(client.outcome()).isEqualTo("open null");
    return client.handler();
  }

  @Test
  void sendsTheHandshakeAsItWasAskedTo() throws Exception {
    TestClient.begin(
        loop,
        new ClientHandshake(
            WebSocketAddress.of(uri("/client/hubs/a%20b?access_token=x%2By&q")),
            HttpHeaders.of("Authorization", "Bearer t"),
            List.of("one", "two")),
        TransportLimits.ofClient());
    try (RawPeer server = accept()) {
      Answer request = server.readHead();

      assertThat(AcceptKey.isKey(keyOf(request))).isTrue();
      assertThat(request.head().replace(keyOf(request), "KEY").getBytes(UTF_8))
          .isEqualTo(
              RawPeer.lines(
                  "GET /client/hubs/a%20b?access_token=x%2By&q HTTP/1.1|Host: 127.0.0.1:"
                      + listener.getLocalPort()
                      + "|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
                      + "|Sec-WebSocket-Key: KEY|Sec-WebSocket-Protocol: one, two"
                      + "|Authorization: Bearer t||"));
    }
  }

  @Test
  void sendsTheHostThatWasGiven() throws Exception {
    TestClient.begin(
        loop,
        new ClientHandshake(
            WebSocketAddress.of(uri("")), HttpHeaders.of("host", "example.org"), NONE),
        TransportLimits.ofClient());
    try (RawPeer server = accept()) {
      Answer request = server.readHead();

      assertThat(request.head()).startsWith("GET / HTTP/1.1\r\n");
      assertThat(request.hasLine("host: example.org")).isTrue();
      assertThat(request.head()).doesNotContain("127.0.0.1");
    }
  }

  @Test
  void masksWhatItSendsAndReadsWhatComesWithThe101() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      answer(server, ACCEPTED + "\u0081\u0005early");
      assertThat(client.outcome()).isEqualTo("open null");
      assertThat(client.handler().nextEvent()).isEqualTo("text early");

      client.send("hello");
      RawFrame frame = server.readFrame();
      assertThat(frame.first()).isEqualTo(0x81);
      assertThat(frame.masked()).isTrue();
      assertThat(frame.text()).isEqualTo("hello");
      client.handler().connection.send(Frame.binary(new byte[70_000]));
      assertThat(server.readFrame().payload()).hasSize(70_000).containsOnly(0);
    }
  }

  @Test
  void readsAnAnswerByteByByteAndSkipsInterimOnes() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      Answer request = server.readHead();
      String lines = "HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: x||" + ACCEPTED;
      for (byte each : RawPeer.lines(lines.replace("KEY", AcceptKey.accept(keyOf(request))))) {
        server.send(new byte[] {each});
      }

      assertThat(client.outcome()).isEqualTo("open null");
    }
  }

  @Test
  void tellsTheSelectedSubprotocol() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), List.of("a", "b"));
    try (RawPeer server = accept()) {
      answer(server, ACCEPTED.replace("KEY|", "KEY|Sec-WebSocket-Protocol: b|"));

      assertThat(client.outcome()).isEqualTo("open b");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: x|| ~ failed the 101 has a wrong Sec-WebSocket-Accept
          HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|| ~ failed the 101 has a wrong Sec-WebSocket-Accept
          HTTP/1.1 101 OK|Connection: Upgrade|Sec-WebSocket-Accept: KEY|| ~ failed the 101 does not upgrade to websocket
          HTTP/1.1 101 OK|Upgrade: websocket|Sec-WebSocket-Accept: KEY|| ~ failed the 101 does not upgrade to websocket
          HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: KEY|Sec-WebSocket-Protocol: c|| ~ failed the 101 selects the subprotocol c, but offered was [a, b]
          HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: KEY|Sec-WebSocket-Protocol: a|Sec-WebSocket-Protocol: b|| ~ failed the 101 selects the subprotocol a, b, but offered was [a, b]
          HTTP/1.1 101 OK|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: KEY|Sec-WebSocket-Extensions: permessage-deflate|| ~ failed the 101 selects an extension, but none was offered
          SSH-2.0-OpenSSH|| ~ failed the answer is no HTTP/1.1: a status line must be version, status and reason
          HTTP/1.1 2000 OK|| ~ failed the answer is no HTTP/1.1: a status line must be version, status and reason
          HTTP/1.1 200 OK|Content-Length: x|| ~ failed the answer is no HTTP/1.1: Content-Length must be a number
          """)
  void fails(String lines, String outcome) throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), List.of("a", "b"));
    try (RawPeer server = accept()) {
      answer(server, lines);

      assertThat(client.outcome()).isEqualTo(outcome);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "HTTP/1.1 401 Unauthorized|X: y|Content-Length: 4||body",
        "HTTP/1.1 401 Unauthorized|X: y|Transfer-Encoding: chunked||2;e|bo|2|dy|0|T: u||",
        "HTTP/1.0 401|X: y||body",
        "HTTP/1.1 401 Unauthorized|X: y|Content-Length: 99||body"
      })
  void tellsARefusalWithItsBody(String lines) throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      answer(server, lines);
      server.shutdownOutput();

      assertThat(client.outcome()).isEqualTo("refused 401");
      assertThat(client.refusal().body()).isEqualTo("body".getBytes(UTF_8));
      assertThat(client.refusal().headers().first("x")).contains("y");
      server.expectEnd();
    }
  }

  @Test
  void tellsARefusalWithoutABodyAsSoonAsItsHeadIsThere() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      answer(server, "HTTP/1.1 204 No Content||");

      assertThat(client.outcome()).isEqualTo("refused 204");
    }
  }

  @Test
  void keepsTheBeginningOfALargeRefusal() throws Exception {
    TransportLimits limits = TestLimits.http(1024, 10);
    ClientHandshake handshake =
        new ClientHandshake(WebSocketAddress.of(uri("/")), HttpHeaders.none(), NONE);
    TestClient client = TestClient.begin(loop, handshake, limits);
    try (RawPeer server = accept()) {
      answer(server, "HTTP/1.1 500 Oops||0123456789abcdef");

      assertThat(client.outcome()).isEqualTo("refused 500");
      assertThat(client.refusal().body()).isEqualTo("0123456789".getBytes(UTF_8));
    }
  }

  @Test
  void failsOnAnEndlessHead() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      answer(server, "HTTP/1.1 200 OK|X: " + "x".repeat(40_000));

      assertThat(client.outcome()).contains("the head is longer than 32768 bytes");
    }
  }

  @Test
  void failsWhenThePeerLeavesInsteadOfAnAnswer() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      server.readHead();
    }

    assertThat(client.outcome())
        .isEqualTo("failed the peer closed the connection instead of an answer");
  }

  @Test
  void failsWhenNothingListens() throws Exception {
    try (Socket silent = new Socket()) { // bound, so that no other test gets the port
      silent.bind(TestServer.loopback(0));
      int port = silent.getLocalPort();
      TestClient client = TestClient.begin(loop, URI.create("ws://127.0.0.1:" + port + "/"), NONE);

      assertThat(client.outcome()).startsWith("failed 127.0.0.1:" + port + ": ");
      assertThat(client.failure()).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void failsWhenNoAnswerComesInTime() throws Exception {
    ClientHandshake handshake =
        new ClientHandshake(WebSocketAddress.of(uri("/")), HttpHeaders.none(), NONE);
    TestClient client = TestClient.begin(loop, handshake, TestLimits.timeouts(50, 5_000));
    try (RawPeer server = accept()) {
      assertThat(client.outcome()).isEqualTo("failed no answer to the handshake in time");
      assertThat(client.failure()).isInstanceOf(SocketTimeoutException.class);
      server.readHead();
      server.expectEnd();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://localhost/, 'failed only ws://host and wss://host addresses can be connected to, not http://localhost/'",
    "/path, 'failed only ws://host and wss://host addresses can be connected to, not /path'",
    "ws://host.invalid/, failed host.invalid is not a known host"
  })
  void failsOnAnAddressThatCannotBeConnectedTo(String address, String outcome) throws Exception {
    assertThat(TestClient.begin(loop, URI.create(address), NONE).outcome()).isEqualTo(outcome);
  }

  @Test
  void failsOnAHeaderThatCannotBeSent() throws Exception {
    ClientHandshake handshake =
        new ClientHandshake(WebSocketAddress.of(uri("/")), HttpHeaders.of("X", "a\r\nb"), NONE);

    assertThat(TestClient.begin(loop, handshake, TransportLimits.ofClient()).outcome())
        .isEqualTo("failed the handshake cannot be sent: the value of X has a control character");
  }

  @Test
  void answersPingsAndHearsPongs() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      RecordingHandler handler = opened(server, client);
      server.sendHex("8902 6869");
      RawFrame pong = server.readFrame();
      assertThat(pong.first()).isEqualTo(0x8a);
      assertThat(pong.masked()).isTrue();
      assertThat(pong.text()).isEqualTo("hi");

      server.sendHex("8a02 6869");
      assertThat(handler.nextEvent()).isEqualTo("pong hi");
    }
  }

  @Test
  void refusesAMaskedFrame() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      RecordingHandler handler = opened(server, client);
      server.sendText("masked");

      assertThat(handler.nextEvent()).isEqualTo("violation 1002");
      assertThat(server.readFrame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void echoesTheServersCloseAndWaitsForItToEndTcp() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      RecordingHandler handler = opened(server, client);
      server.sendHex("8805 03e9 627965");

      RawFrame echo = server.readFrame();
      assertThat(echo.closeCode()).isEqualTo(1001);
      assertThat(echo.closeReason()).isEqualTo("bye");
      assertThat(echo.masked()).isTrue();
      assertThat(handler.nextEvent()).isEqualTo("close 1001 bye");
      assertThat(handler.ends).as("before the server has ended TCP").hasValue(0);
      server.hangUp();
      assertThat(handler.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1001, "bye"));
    }
  }

  @Test
  void closesByHandshake() throws Exception {
    TestClient client = TestClient.begin(loop, uri("/"), NONE);
    try (RawPeer server = accept()) {
      RecordingHandler handler = opened(server, client);
      client.send("last");
      handler.connection.close(1000, "bye");

      assertThat(server.readFrame().text()).isEqualTo("last");
      assertThat(server.readFrame().closeReason()).isEqualTo("bye");
      server.sendHex("8802 03e8");
      server.hangUp();
      assertThat(handler.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1000, ""));
      assertThat(handler.events).isEmpty();
    }
  }

  @Test
  void isClosedAlsoWhenTheServerNeverEndsTcp() throws Exception {
    ClientHandshake handshake =
        new ClientHandshake(WebSocketAddress.of(uri("/")), HttpHeaders.none(), NONE);
    TestClient client = TestClient.begin(loop, handshake, TestLimits.timeouts(30_000, 50));
    try (RawPeer server = accept()) {
      RecordingHandler handler = opened(server, client);
      handler.connection.close(1000, "");
      server.sendHex("8802 03e8");

      assertThat(handler.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1000, ""));
      assertThat(server.readFrame().closeCode()).isEqualTo(1000);
      server.expectEnd();
    }
  }

  @Test
  void timesOutWhenTheServerNeverAnswersItsCloseFrame() throws Exception {
    ClientHandshake handshake =
        new ClientHandshake(WebSocketAddress.of(uri("/")), HttpHeaders.none(), NONE);
    TestClient client = TestClient.begin(loop, handshake, TestLimits.timeouts(30_000, 50));
    try (RawPeer server = accept()) {
      RecordingHandler handler = opened(server, client);
      handler.connection.close(1000, "");

      assertThat(handler.end().cause()).isEqualTo(EndCause.CLOSE_TIMEOUT);
      server.expectReset();
    }
  }

  @Test
  void endsBothSidesOfOneLoopByAHandshake() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      TestClient client = server.client();
      RecordingHandler session = server.session();
      client.send("hi");
      assertThat(session.nextEvent()).isEqualTo("text hi");
      client.handler().connection.close(4000, "enough");

      ConnectionEnd closed = new ConnectionEnd(EndCause.CLOSED, 4000, "enough");
      assertThat(session.end()).isEqualTo(closed);
      assertThat(client.handler().end()).isEqualTo(closed);
      eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 0);
    }
  }

  @Test
  void aFailingHandlerOfTheOpeningEndsTheConnectionAndNothingElse() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      server.onLoop(
          () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            return null;
          });
      TestClient broken =
          new TestClient() {
            @Override
            public WebSocketHandler onOpen(
                WebSocketConnection connection,
                @org.jspecify.annotations.Nullable String subprotocol) {
              throw new IllegalStateException("no");
            }
          };
      WebSocketDialer.connect(
          server.loop,
          new ClientHandshake(WebSocketAddress.of(server.uri("/")), HttpHeaders.none(), NONE),
          TransportLimits.ofClient(),
          broken);

      assertThat(server.session().end().cause()).isEqualTo(EndCause.LOST);
      TestClient next = server.client();
      next.send("unharmed");
      assertThat(server.session().nextEvent()).isEqualTo("text unharmed");
    }
  }
}
