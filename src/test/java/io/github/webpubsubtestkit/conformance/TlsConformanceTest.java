package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.internal.tls.TestKeyStores;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tls-and-entra 1.5. */
class TlsConformanceTest {

  private static FakeWebPubSub secure() {
    return FakeWebPubSub.builder().https().build();
  }

  @Test
  @DisplayName("X221 endpoint, connection string and client URLs are secure")
  void addresses() {
    try (FakeWebPubSub service = secure()) {
      assertThat(service.endpoint()).hasScheme("https");
      assertThat(service.connectionString()).startsWith("Endpoint=" + service.endpoint() + ";");
      assertThat(service.clientUrl(asUser("alice"))).hasScheme("wss");
    }
  }

  @Test
  @DisplayName("X222 the Java SDK works over a client that trusts the certificate")
  void javaSdk() {
    try (FakeWebPubSub service = secure()) {
      PubSubClient alice = service.connect(asUser("alice"));
      var azure =
          new WebPubSubServiceClientBuilder()
              .connectionString(service.connectionString())
              .httpClient(
                  new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(service.sslContext()))
                      .build())
              .hub("hub")
              .buildClient();

      azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

      assertThat(alice).receivesText("hi");
    }
  }

  @Test
  @DisplayName("X223 a reliable client recovers")
  void recovery() {
    try (FakeWebPubSub service = secure()) {
      PubSubClient alice =
          service.connect(asUser("alice").protocol(Protocol.JSON_RELIABLE).groups("g"));
      alice.dropConnection();
      service.sendToGroup("g", "missed");

      alice.recover();

      assertThat(alice).receivesText("missed");
    }
  }

  @Test
  @DisplayName("X224 plain HTTP is answered 400, and the timeline says why")
  void plainHttp() throws Exception {
    try (FakeWebPubSub service = secure()) {
      URI plain = URI.create("http://127.0.0.1:" + service.endpoint().getPort() + "/api/health");

      var answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("https://");
      eventually() // the answer is written first
          .untilAsserted(
              () ->
                  assertThat(service.timeline())
                      .contains("the client sent plain HTTP, but this port speaks TLS"));
    }
  }

  @Test
  @DisplayName("X224 a client of the kit that uses ws:// learns it, too")
  void plainWebSocket() {
    try (FakeWebPubSub service = secure()) {
      URI url = service.clientUrl(asUser("alice"));
      URI plain = URI.create(url.toString().replace("wss://", "ws://"));

      assertThatThrownBy(() -> service.connect(plain)).hasMessageContaining("This port speaks TLS");
    }
  }

  @Test
  @DisplayName("X224 TLS on a plain port is explained, too")
  void tlsOnPlainPort() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      URI url = service.clientUrl(asUser("alice"));
      URI secure = URI.create(url.toString().replace("ws://", "wss://"));

      assertThatThrownBy(() -> service.connect(secure))
          .hasMessageContaining("the peer does not speak TLS");
      eventually()
          .untilAsserted(
              () -> assertThat(service.timeline()).contains("this port speaks plain HTTP"));
    }
  }

  @Test
  @DisplayName("a key store of the user's is shown and trusted")
  void keyStore(@TempDir Path folder) throws Exception {
    Path file = TestKeyStores.forLocalhost(folder, "-keyalg", "RSA", "-keysize", "2048");
    try (FakeWebPubSub service =
        FakeWebPubSub.builder().keyStore(file, TestKeyStores.PASSWORD.toCharArray()).build()) {
      assertThat(service.certificate().getSubjectX500Principal()).hasToString("CN=own");
      assertThat(service.endpoint()).hasScheme("https");

      SimpleClient alice = service.connectSimple(asUser("alice"));
      service.sendToAll("hi");

      assertThat(alice).receivesText("hi");
    }
  }

  // ---- event handlers

  /** An application with TLS that consents to everything. */
  private static HttpsServer application(TlsIdentity identity) throws IOException {
    HttpsServer app =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    app.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    app.start();
    return app;
  }

  private static TlsIdentity identity(Path keyStore) {
    return TlsIdentity.of(keyStore, TestKeyStores.PASSWORD.toCharArray());
  }

  private static String url(HttpsServer app) {
    return "https://localhost:" + app.getAddress().getPort() + "/{event}";
  }

  private static void assertRefused(
      TlsIdentity identity, List<X509Certificate> trusted, String reason) throws IOException {
    HttpsServer app = application(identity);
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service
          .eventHandler("hub")
          .add(EventHandler.url(url(app)).trust(trusted.toArray(X509Certificate[]::new)));

      assertThatThrownBy(() -> service.validateEventHandlers("hub")).hasMessageContaining(reason);
      assertThat(service.timeline()).contains(reason);
      assertThat(service.timeline()).doesNotContain("attempt 2");
    } finally {
      app.stop(0);
    }
  }

  @Test
  @DisplayName("X225 a handler with a certificate to trust is called")
  void trusted(@TempDir Path folder) throws Exception {
    TlsIdentity identity = identity(TestKeyStores.forLocalhost(folder));
    HttpsServer app = application(identity);
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service.eventHandler("hub").add(EventHandler.url(url(app)).trust(identity.certificate()));

      SimpleClient alice = service.connectSimple(asUser("alice"));
      alice.sendText("hi");
      service.awaitIdle();

      assertThat(alice).isConnected();
      assertThat(service.timeline()).contains("POST https://localhost:").contains("204");
    } finally {
      app.stop(0);
    }
  }

  @Test
  @DisplayName("X225 a handler with an unknown certificate is not called, and the timeline says so")
  void untrusted(@TempDir Path folder) throws Exception {
    assertRefused(
        identity(TestKeyStores.forLocalhost(folder)),
        List.of(),
        "the certificate is not trusted: CN=own, issued by CN=own; trust(..) of the handler, or"
            + " --trust on the command line, accepts it");
  }

  @Test
  @DisplayName("X225 a handler with an expired certificate is not called")
  void expired(@TempDir Path folder) throws Exception {
    TlsIdentity identity =
        identity(
            TestKeyStores.forLocalhost(
                folder, "-startdate", "2020/01/01 00:00:00", "-validity", "10"));

    assertRefused(
        identity,
        List.of(identity.certificate()),
        "the certificate has expired: CN=own was valid until 2020-01-1");
  }

  @Test
  @DisplayName("X225 a handler with a certificate for another name is not called")
  void otherName(@TempDir Path folder) throws Exception {
    TlsIdentity identity =
        identity(TestKeyStores.make(folder, "other", "-ext", "san=dns:example.org"));

    assertRefused(
        identity,
        List.of(identity.certificate()),
        "the certificate is for another name: CN=other is for example.org, not for localhost");
  }

  @Test
  @DisplayName("X225 an authority to trust is enough for the certificates it has issued")
  void issued(@TempDir Path folder) throws Exception {
    Path authority = TestKeyStores.make(folder, "authority", "-ext", "bc:c");
    Path store = TestKeyStores.make(folder, "issued");
    TestKeyStores.issue(authority, store);
    HttpsServer app = application(identity(store));
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service
          .eventHandler("hub")
          .add(EventHandler.url(url(app)).trust(identity(authority).certificate()));

      service.validateEventHandlers("hub");
    } finally {
      app.stop(0);
    }
  }

  // ---- for the next test

  @Test
  @DisplayName("reset() keeps port and certificate, and closes the clients from before")
  void reset() throws Exception {
    try (FakeWebPubSub service = secure()) {
      URI endpoint = service.endpoint();
      HttpClient jdk = HttpClient.newBuilder().sslContext(service.sslContext()).build();
      HttpRequest health =
          HttpRequest.newBuilder(endpoint.resolve("/api/health"))
              .method("HEAD", BodyPublishers.noBody())
              .build();
      SimpleClient before = service.connectSimple(asUser("alice"));
      assertThat(jdk.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

      service.reset();

      assertThat(service.endpoint()).isEqualTo(endpoint);
      assertThat(before).isClosed();
      assertThat(jdk.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      SimpleClient after = service.connectSimple(asUser("alice"));
      service.sendToAll("hi");
      assertThat(after).receivesText("hi");
    }
  }
}
