package io.github.webpubsubtestkit.docs;

// tag::tls-imports[]
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.AzureCredentials;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// end::tls-imports[]

// tag::tls[]
@WebPubSubTest(https = true)
class TlsPageTest {

  @Test
  void everythingIsSecure(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    assertThat(service.connectionString()).startsWith("Endpoint=https://127.0.0.1:");
    assertThat(service.clientUrl(asUser("bob"))).hasScheme("wss");

    service.sendToAll("hi");

    assertThat(alice).receivesText("hi");
  }

  // end::tls[]

  // tag::tls-sdk-jdk[]
  @Test
  void theServerSdkOverTheClientOfTheJdk(FakeWebPubSub service) {
    var jdk = HttpClient.newBuilder().sslContext(service.sslContext());

    WebPubSubServiceClient azure =
        new WebPubSubServiceClientBuilder()
            .connectionString(service.connectionString())
            .httpClient(new JdkHttpClientBuilder(jdk).build())
            .hub("hub")
            .buildClient();
    azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

    assertThat(service).receivesRequest(sendToAll().withText("hi"));
  }

  // end::tls-sdk-jdk[]

  // tag::tls-sdk-okhttp[]
  @Test
  void theServerSdkOverOkHttp(FakeWebPubSub service) throws Exception {
    OkHttpClient okHttp = okHttp(service);

    new WebPubSubServiceClientBuilder()
        .connectionString(service.connectionString())
        .httpClient(new OkHttpAsyncHttpClientBuilder(okHttp).build())
        .hub("hub")
        .buildClient()
        .sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

    assertThat(service).receivesRequest(sendToAll().withText("hi"));
  }

  private static OkHttpClient okHttp(FakeWebPubSub service) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("fake", service.certificate());
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return new OkHttpClient.Builder()
        .sslSocketFactory(
            service.sslContext().getSocketFactory(),
            (X509TrustManager) factory.getTrustManagers()[0])
        .build();
  }

  // end::tls-sdk-okhttp[]

  // tag::tls-sdk-netty[]
  @Test
  void theServerSdkOverNetty(FakeWebPubSub service) throws Exception {
    var ssl = SslContextBuilder.forClient().trustManager(service.certificate()).build();
    var netty = reactor.netty.http.client.HttpClient.create().secure(spec -> spec.sslContext(ssl));

    new WebPubSubServiceClientBuilder()
        .connectionString(service.connectionString())
        .httpClient(new NettyAsyncHttpClientBuilder(netty).build())
        .hub("hub")
        .buildClient()
        .sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

    assertThat(service).receivesRequest(sendToAll().withText("hi"));
  }

  // end::tls-sdk-netty[]

  // tag::tls-jdk[]
  @Test
  void aWebSocketOfTheJdk(FakeWebPubSub service) throws Exception {
    WebSocket socket =
        HttpClient.newBuilder()
            .sslContext(service.sslContext())
            .build()
            .newWebSocketBuilder()
            .buildAsync(service.clientUrl(asUser("alice")), new WebSocket.Listener() {})
            .get(10, TimeUnit.SECONDS);

    assertThat(service).hasUser("alice");
    socket.abort();
  }

  // end::tls-jdk[]

  // tag::tls-handler[]
  @Test
  void theFakeCallsAnApplicationOverTls(FakeWebPubSub service) throws IOException {
    HttpsServer app =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.setHttpsConfigurator(new HttpsConfigurator(service.sslContext()));
    app.createContext(
        "/eventhandler",
        exchange -> {
          exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    app.start();
    try {
      service
          .eventHandler("hub")
          .url("https://localhost:" + app.getAddress().getPort() + "/eventhandler");

      service.validateEventHandlers("hub");
    } finally {
      app.stop(0);
    }
  }

  // end::tls-handler[]

  // tag::tls-entra[]
  @Test
  void aTokenCredential() {
    try (FakeWebPubSub service =
        FakeWebPubSub.builder()
            .https()
            .tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true))
            .build()) {
      WebPubSubServiceClient azure =
          new WebPubSubServiceClientBuilder()
              .endpoint(service.endpoint().toString())
              .credential(AzureCredentials.of(service))
              .httpClient(
                  new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(service.sslContext()))
                      .build())
              .hub("hub")
              .buildClient();

      String url = azure.getClientAccessToken(new GetClientAccessTokenOptions()).getUrl();

      assertThat(service.connect(URI.create(url))).isConnected();
    }
  }

  // end::tls-entra[]

  /** What the page says in words of other languages. */
  @Test
  void nodeTrustsTheWrittenCertificate(FakeWebPubSub service, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(Commands.exist("node"), "node is not installed");
    Path certificate = service.writeCertificate(folder.resolve("fake.pem"));

    String output =
        Commands.run(
            folder,
            Map.of("NODE_EXTRA_CA_CERTS", certificate.toString()),
            "node",
            "-e",
            "fetch('"
                + service.endpoint()
                + "/api/health', { method: 'HEAD' })"
                + ".then((answer) => console.log('status', answer.status))");

    assertThat(output).contains("status 200");
  }

  @Test
  void chromiumAcceptsTheKey(FakeWebPubSub service, @TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Commands.exist("chromium"), "chromium is not installed");

    Path page =
        Files.writeString(
            folder.resolve("page.html"),
            "<script src='" + service.endpoint() + "/from-the-page.js'></script>");

    String output =
        Commands.run(
            folder,
            Map.of(),
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--user-data-dir=" + folder.resolve("profile"),
            "--ignore-certificate-errors-spki-list=" + SPKI,
            "--dump-dom",
            page.toUri().toString());

    assertThat(service.timeline()).as(output).contains("GET /from-the-page.js");
  }

  private static final String SPKI = "GAX4Rfu6J2oLF5q8QeWtOemBJFwerwMu4f28Sf0OrW8=";

  // tag::tls-okhttp[]
  @Test
  void aRequestOfOkHttp(FakeWebPubSub service) throws Exception {
    Request request = new Request.Builder().url(service.endpoint() + "/api/health").head().build();

    try (Response response = okHttp(service).newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
  }

  // end::tls-okhttp[]
}
