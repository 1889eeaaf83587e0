package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.tls.TestKeyStores;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop with TLS, over sockets. */
@DisplayName("TLS on the loop")
class TlsTransportTest {

  private static final int LIMIT_SECONDS = 10;
  private static final SSLContext TLS = TlsIdentity.ofKit().context();

  private static TestServer server() throws IOException {
    return server(TransportLimits.ofService());
  }

  private static TestServer server(TransportLimits limits) throws IOException {
    return TestServer.webSockets(limits, TLS, RecordingHandler.Echo::new);
  }

  private static String heard(TestServer server) throws InterruptedException {
    return String.valueOf(server.unreadable.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  private static SSLSocket socket(TestServer server) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TLS.getSocketFactory()
                .createSocket(server.address.getAddress(), server.address.getPort());
    socket.setSoTimeout(LIMIT_SECONDS * 1000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void servesHttpAndWebSocketsToTheClientOfTheJdk(String host) throws Exception {
    try (TestServer server = server()) {
      HttpClient client = HttpClient.newBuilder().sslContext(TLS).build();
      URI uri = URI.create("https://" + host + ":" + server.address.getPort() + "/a?b=c");

      for (int i = 0; i < 3; i++) {
        var answer =
            client.send(
                java.net.http.HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofString("x".repeat(40_000)))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("POST /a?b=c " + "x".repeat(40_000));
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      }
    }
  }

  @Test
  void servesTheKitsOwnWebSockets() throws Exception {
    try (TestServer server = server()) {
      TestClient client = server.client();

      client.send("hello");
      client.send("x".repeat(500_000));

      assertThat(client.handler().nextEvent()).isEqualTo("text hello");
      assertThat(client.handler().nextEvent()).hasSize(500_005);
      client.handler().connection.close(1000, "bye");
      assertThat(client.handler().end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1000, "bye"));
      assertThat(server.session().end().cause()).isEqualTo(EndCause.CLOSED);
    }
  }

  @Test
  void stopClosesItsWebSocketsInOrder() throws Exception {
    TestServer server = server();
    try (SSLSocket socket = socket(server)) {
      socket.getOutputStream().write(RawPeerLines.of(RawPeer.UPGRADE));
      server.session();
      readHead(socket.getInputStream());

      server.close();

      assertThat(socket.getInputStream().readAllBytes())
          .as("close frame 1001, then the end of TLS")
          .containsExactly(0x88, 2, 0x03, 0xe9);
    }
  }

  @Test
  void requestsMayComeByteByByte() throws Exception {
    try (TestServer server = server();
        SSLSocket socket = socket(server)) {
      for (byte each :
          "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8)) {
        socket.getOutputStream().write(each);
      }

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("GET /slow ");
    }
  }

  @Test
  void aClientThatEndsItsOutputStillGetsItsAnswer() throws Exception {
    try (TestServer server = server();
        SSLSocket socket = socket(server)) {
      socket.getOutputStream().write("GET /half HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).endsWith("GET /half ");
    }
  }

  @Test
  void aPeerThatStallsInTheHandshakeIsResetWhileOthersAreServed() throws Exception {
    try (TestServer server = server(TestLimits.timeouts(2_000, 5_000))) {
      TestClient client = server.client();
      try (Socket silent = new Socket(server.address.getAddress(), server.address.getPort());
          Socket halfway = new Socket(server.address.getAddress(), server.address.getPort())) {
        halfway.getOutputStream().write(new byte[] {0x16, 3, 1, 1, 0, 1});
        client.send("hello");
        assertThat(client.handler().nextEvent()).isEqualTo("text hello");

        assertThat(List.of(heard(server), heard(server)))
            .containsOnly("the client did not complete its TLS handshake in time");
        assertEnds(silent);
        assertEnds(halfway);
        client.send("still here");
        assertThat(client.handler().nextEvent()).isEqualTo("text still here");
      }
    }
  }

  @Test
  void aPeerThatLeavesInTheHandshakeIsReported() throws Exception {
    try (TestServer server = server()) {
      new Socket(server.address.getAddress(), server.address.getPort()).close();

      assertThat(heard(server)).isEqualTo("the connection was closed during the TLS handshake");
    }
  }

  @Test
  @DisplayName("X224 plain HTTP on a TLS port is answered 400 and reported")
  void plainHttp() throws Exception {
    try (TestServer server = server();
        RawPeer peer = server.peer()) {
      peer.sendLines("GET / HTTP/1.1|Host: x||");

      assertThat(peer.readAnswer().status()).isEqualTo(400);
      assertThat(heard(server)).contains("plain HTTP", "https://");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  @DisplayName("a TLS handshake on a plain port is reported")
  void tlsOnAPlainPort() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      CompletableFuture<HttpResult> result = new CompletableFuture<>();
      new HttpCaller(server.loop, 1000, () -> TLS)
          .call(
              "GET",
              URI.create("https://localhost:" + server.address.getPort() + "/"),
              HttpHeaders.none(),
              new byte[0],
              result::complete);

      assertThat(result.get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .isEqualTo(
              new HttpResult.Failed(HttpResult.Kind.NOT_TRUSTED, "the peer does not speak TLS"));
      assertThat(heard(server)).contains("TLS handshake", "plain HTTP", "https");
    }
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateIsReported(@TempDir Path folder) throws Exception {
    SSLContext unknown =
        TlsIdentity.of(TestKeyStores.forLocalhost(folder), TestKeyStores.PASSWORD.toCharArray())
            .context();
    try (TestServer server =
        TestServer.webSockets(TransportLimits.ofService(), unknown, RecordingHandler.Echo::new)) {
      CompletableFuture<HttpResult> result = new CompletableFuture<>();
      new HttpCaller(server.loop, 1000, () -> TlsIdentity.trusting(List.of()))
          .call(
              "GET",
              URI.create("https://localhost:" + server.address.getPort() + "/"),
              HttpHeaders.none(),
              new byte[0],
              result::complete);

      HttpResult.Failed failed = (HttpResult.Failed) result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(failed.kind()).isEqualTo(HttpResult.Kind.NOT_TRUSTED);
      assertThat(failed.detail())
          .isEqualTo(
              "the TLS handshake failed: the certificate is not trusted: CN=own, issued by CN=own");
      assertThat(heard(server)).contains("the client does not accept the certificate of this port");
    }
  }

  @Test
  void connectionsAreKeptAliveByTheKitsOwnHttpClient() throws Exception {
    try (TestServer server = server()) {
      HttpCaller caller = new HttpCaller(server.loop, 1_000_000);
      URI uri = URI.create("https://localhost:" + server.address.getPort() + "/kept");
      for (int i = 0; i < 5; i++) {
        CompletableFuture<HttpResult> result = new CompletableFuture<>();
        caller.call("POST", uri, HttpHeaders.none(), new byte[100_000], result::complete);
        HttpResult.Answered answered =
            (HttpResult.Answered) result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(answered.response().status()).isEqualTo(200);
      }

      assertThat(server.connections()).as("both ends of one").isEqualTo(2);
    }
  }

  @Test
  @DisplayName("a client whose TCP ends without close_notify is lost, not closed")
  void endOfTcpAlone() throws Exception {
    try (TestServer server = server();
        Socket tcp = new Socket(server.address.getAddress(), server.address.getPort());
        SSLSocket socket =
            (SSLSocket) TLS.getSocketFactory().createSocket(tcp, "localhost", 1, true)) {
      socket.getOutputStream().write(RawPeerLines.of(RawPeer.UPGRADE));
      RecordingHandler session = server.session();
      readHead(socket.getInputStream());

      tcp.shutdownOutput();

      assertThat(session.end().cause()).isEqualTo(EndCause.LOST);
    }
  }

  @Test
  @DisplayName("an answer that ends with TCP, but not with TLS, is incomplete")
  void truncatedAnswer() throws Exception {
    try (TestServer server = server();
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<HttpResult> result = new CompletableFuture<>();
      new HttpCaller(server.loop, 1000)
          .call(
              "GET",
              URI.create("https://localhost:" + listening.getLocalPort() + "/"),
              HttpHeaders.none(),
              new byte[0],
              result::complete);
      listening.setSoTimeout(LIMIT_SECONDS * 1000);
      try (Socket tcp = listening.accept();
          SSLSocket socket = (SSLSocket) TLS.getSocketFactory().createSocket(tcp, null, true)) {
        readHead(socket.getInputStream());
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhalf".getBytes(UTF_8));

        tcp.shutdownOutput();

        assertThat(result.get(LIMIT_SECONDS, TimeUnit.SECONDS))
            .isEqualTo(
                new HttpResult.Failed(
                    HttpResult.Kind.INCOMPLETE,
                    "the connection was closed without the end of TLS (close_notify), so something"
                        + " may be missing in the midst of the answer"));
      }
    }
  }

  @Test
  void aSlowReaderGetsEverythingInTheEnd() throws Exception {
    try (TestServer server = server()) {
      TestClient client = server.client();
      RecordingHandler session = server.session();
      client.handler().connection.pauseReading();
      String large = "x".repeat(900_000);
      for (int i = 0; i < 10; i++) {
        session.connection.send(Frame.text(large));
      }
      client.handler().connection.resumeReading();

      for (int i = 0; i < 10; i++) {
        assertThat(client.handler().nextEvent()).hasSize(900_005);
      }
    }
  }

  private static void assertEnds(Socket socket) throws IOException {
    socket.setSoTimeout(LIMIT_SECONDS * 1000);
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
  }

  /** Lines of {@link RawPeer} as bytes. */
  private static final class RawPeerLines {
    static byte[] of(String lines) {
      return lines.replace("|", "\r\n").getBytes(UTF_8);
    }
  }
}
