package com.example.auction;

import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.web.client.RestClientSsl;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import reactor.netty.http.client.HttpClient;

/**
 * The same application where everything is TLS: its own port, by {@code server.ssl}, and the
 * service.
 */
@SpringBootTest(
    webEnvironment = RANDOM_PORT,
    properties = {
      "server.ssl.bundle=application",
      "spring.ssl.bundle.pem.application.keystore.certificate=classpath:application.crt",
      "spring.ssl.bundle.pem.application.keystore.private-key=classpath:application.key",
      "spring.ssl.bundle.pem.application.truststore.certificate=classpath:application.crt"
    })
class TlsTest {

  // tag::tls-spring[]
  @RegisterExtension
  static final WebPubSubExtension webPubSub =
      WebPubSubExtension.builder()
          .fake(fake -> fake.https().tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true)))
          .build();

  @TempDir static Path folder;

  /** An SSL bundle of Spring Boot that trusts the service. */
  @DynamicPropertySource
  static void bundle(DynamicPropertyRegistry registry) {
    registry.add(
        "spring.ssl.bundle.pem.webpubsub.truststore.certificate",
        () -> "file:" + webPubSub.service().writeCertificate(folder.resolve("fake.pem")));
  }

  @Test
  void theClientOfSpring(@Autowired RestClient.Builder builder, @Autowired RestClientSsl ssl) {
    RestClient client = builder.apply(ssl.fromBundle("webpubsub")).build();

    client
        .post()
        .uri(webPubSub.service().endpoint() + "/api/hubs/hub/:send?api-version=2024-12-01")
        .header("Authorization", "Bearer " + webPubSub.service().entraToken())
        .contentType(MediaType.TEXT_PLAIN)
        .body("hi")
        .retrieve()
        .toBodilessEntity();

    assertThat(webPubSub.service()).receivesRequest(sendToAll().withText("hi"));
  }

  // end::tls-spring[]

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("webpubsub.connection-string", webPubSub::connectionString);
  }

  /** The application's client of the service, which in production trusts what the JVM trusts. */
  @TestConfiguration
  static class TrustingTheService {

    @Bean
    @Primary
    WebPubSubServiceClient trusting(WebPubSubProperties properties, SslBundles bundles)
        throws SSLException {
      SslContext ssl =
          SslContextBuilder.forClient()
              .trustManager(bundles.getBundle("webpubsub").getManagers().getTrustManagerFactory())
              .build();
      HttpClient netty = HttpClient.create().secure(spec -> spec.sslContext(ssl));
      return new WebPubSubServiceClientBuilder()
          .connectionString(properties.connectionString())
          .httpClient(new NettyAsyncHttpClientBuilder(netty).build())
          .hub(properties.hub())
          .buildClient();
    }
  }

  @LocalServerPort int port;

  @Test
  void aBidGoesOverTlsFromEndToEnd(
      @Autowired RestClient.Builder builder, @Autowired RestClientSsl ssl) throws Exception {
    webPubSub
        .service()
        .eventHandlers(
            "auction",
            EventHandler.url("https://localhost:" + port + "/eventhandler")
                .trust(certificateOfTheApplication()));
    RestClient browser = builder.apply(ssl.fromBundle("application")).build();
    Map<?, ?> answer =
        browser
            .get()
            .uri("https://localhost:" + port + "/negotiate?user=alice&lot=chair")
            .retrieve()
            .body(Map.class);
    PubSubClient alice = webPubSub.service().connect(URI.create((String) answer.get("url")));

    alice.sendJsonEvent("bid", 10);

    assertThat(alice)
        .receivesMessage()
        .isFromGroup("lot-chair")
        .hasJson("{\"bidder\":\"alice\",\"amount\":10}");
  }

  private static X509Certificate certificateOfTheApplication() throws Exception {
    try (InputStream in = TlsTest.class.getResourceAsStream("/application.crt")) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
