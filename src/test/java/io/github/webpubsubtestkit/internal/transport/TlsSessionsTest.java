package io.github.webpubsubtestkit.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.tls.TestKeyStores;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connection saves because an earlier one has had a handshake. */
@DisplayName("a session of TLS")
class TlsSessionsTest {

  private final AtomicInteger checks = new AtomicInteger();

  @Test
  void isResumedWithAnotherServerOfTheSameKey() throws Exception {
    SSLContext client = countingChecks();

    talk(TlsIdentity.ofKit().context(), client);
    talk(TlsIdentity.ofKit().context(), client);

    assertThat(checks).as("certificates that the clients have checked").hasValue(1);
  }

  @Test
  void doesNotReplaceTheCertificateOfAServerOfAnotherKey(@TempDir Path folder) throws Exception {
    SSLContext client = TlsIdentity.trusting(List.of());
    SSLContext unknown =
        TlsIdentity.of(TestKeyStores.forLocalhost(folder), TestKeyStores.PASSWORD.toCharArray())
            .context();
    talk(TlsIdentity.ofKit().context(), client);

    try (TestServer server = server(unknown, client)) {
      assertThat(TestClient.begin(server.loop, server.uri("/"), List.of()).outcome())
          .contains("the certificate is not trusted");
    }
  }

  /** One message there and back, after which the client has its session. */
  private static void talk(SSLContext serving, SSLContext client) throws Exception {
    try (TestServer server = server(serving, client)) {
      TestClient connected = server.client();
      connected.send("hello");
      assertThat(connected.handler().nextEvent()).isEqualTo("text hello");
    }
  }

  private static TestServer server(SSLContext serving, SSLContext client) throws Exception {
    TestServer server =
        TestServer.webSockets(TransportLimits.ofService(), serving, RecordingHandler.Echo::new);
    server.loop.trust(() -> client);
    return server;
  }

  private SSLContext countingChecks() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new CountingTrust()}, null);
    return context;
  }

  private final class CountingTrust extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      checks.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      checks.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      checks.incrementAndGet();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
