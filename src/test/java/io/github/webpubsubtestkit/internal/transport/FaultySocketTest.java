package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests of faults cannot see from their end of the socket. */
@DisplayName("A socket with a fault")
class FaultySocketTest {

  private static final int LIMIT_MILLIS = 10_000;
  private static final SSLContext TLS = TlsIdentity.ofKit().context();

  private static TestServer server(boolean secure) throws IOException {
    return TestServer.webSockets(
        TransportLimits.ofService(), secure ? TLS : null, RecordingHandler::new);
  }

  private static Socket tcp(TestServer server) throws IOException {
    Socket tcp = new Socket();
    tcp.setReceiveBufferSize(4096);
    tcp.setSoTimeout(LIMIT_MILLIS);
    tcp.connect(server.address, LIMIT_MILLIS);
    return tcp;
  }

  private static SSLSocket tls(Socket tcp, String version) throws IOException {
    SSLSocket tls = (SSLSocket) TLS.getSocketFactory().createSocket(tcp, "localhost", 1, true);
    tls.setEnabledProtocols(new String[] {version});
    return tls;
  }

  private static RecordingHandler upgrade(TestServer server, Socket socket) throws Exception {
    socket.getOutputStream().write(RawPeer.lines(RawPeer.UPGRADE));
    InputStream in = socket.getInputStream();
    for (String head = ""; !head.endsWith("\r\n\r\n"); ) {
      head += (char) in.read();
    }
    return server.session();
  }

  /** What the loop waits for at the only connection. */
  private static int interest(TestServer server) throws Exception {
    return server.onLoop(
        () ->
            server.loop.sockets().all().stream()
                .filter(Endpoint.class::isInstance)
                .map(each -> Objects.requireNonNull(each.key()).interestOps())
                .findFirst()
                .orElseThrow());
  }

  @ParameterizedTest(name = "waits in silence for no room to write, with TLS: {0}")
  @ValueSource(booleans = {false, true})
  void silentAndFull(boolean secure) throws Exception {
    try (TestServer server = server(secure);
        Socket tcp = tcp(server);
        Socket socket = secure ? tls(tcp, "TLSv1.3") : tcp) {
      WebSocketConnection connection = upgrade(server, socket).connection;
      while (connection.queuedBytes() == 0) {
        connection.send(Frame.text("x".repeat(900_000)));
      }
      assertThat(interest(server)).isEqualTo(SelectionKey.OP_READ | SelectionKey.OP_WRITE);

      connection.faults().beginSilence();

      assertThat(interest(server)).isEqualTo(SelectionKey.OP_READ);
    }
  }

  @ParameterizedTest(name = "in silence does not answer the end of {0} (close_notify)")
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void silentAtTheEndOfTls(String version) throws Exception {
    expectSilence(version, (tcp, tls) -> tls.shutdownOutput());
  }

  @Test
  @DisplayName("in silence does not say that a record is broken")
  void silentAboutBrokenRecords() throws Exception {
    expectSilence(
        "TLSv1.3", (tcp, tls) -> tcp.getOutputStream().write("no record".getBytes(UTF_8)));
  }

  @Test
  @DisplayName("in silence does not say that TCP has ended without TLS")
  void silentAtTheEndOfTcp() throws Exception {
    expectSilence("TLSv1.3", (tcp, tls) -> tcp.shutdownOutput());
  }

  private interface Deed {
    void run(Socket tcp, SSLSocket tls) throws IOException;
  }

  private static void expectSilence(String version, Deed deed) throws Exception {
    try (TestServer server = server(true);
        Socket tcp = tcp(server);
        SSLSocket tls = tls(tcp, version)) {
      RecordingHandler session = upgrade(server, tls);
      InputStream in = tcp.getInputStream();
      in.skipNBytes(in.available()); // session tickets
      session.connection.faults().beginSilence();

      deed.run(tcp, tls);
      server.onLoop(() -> null);
      server.onLoop(() -> null); // a turn that has begun after the deed is over

      assertThat(in.available()).isZero();
      assertThat(session.ends).hasValue(0);
      session.connection.faults().endSilence();
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(in::read)
          .withMessageContaining("reset");
    }
  }
}
