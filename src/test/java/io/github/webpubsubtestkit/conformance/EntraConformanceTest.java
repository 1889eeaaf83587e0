package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.AzureCredentials;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tls-and-entra 2.3. */
class EntraConformanceTest {

  private static FakeWebPubSub service(boolean accepting) {
    return FakeWebPubSub.builder()
        .https()
        .tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(accepting))
        .build();
  }

  private static WebPubSubServiceClient sdk(FakeWebPubSub service) {
    return new WebPubSubServiceClientBuilder()
        .endpoint(service.endpoint().toString())
        .credential(AzureCredentials.of(service))
        .httpClient(
            new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(service.sslContext()))
                .build())
        .hub("hub")
        .buildClient();
  }

  private static HttpResponse<String> send(FakeWebPubSub service, String token) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(service.sslContext())
        .build()
        .send(
            HttpRequest.newBuilder(
                    service.endpoint().resolve("/api/hubs/hub/:send?api-version=2024-12-01"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hi"))
                .build(),
            BodyHandlers.ofString());
  }

  /** The token with something in its payload replaced. */
  private static String changed(String token, String from, String to) {
    String[] parts = token.split("\\.", -1);
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    assertThat(payload).contains(from);
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(payload.replace(from, to).getBytes(StandardCharsets.UTF_8));
    return parts[0] + "." + other + "." + parts[2];
  }

  private static void assertRefused(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains(reason);
  }

  @Test
  @DisplayName("X211 the Java SDK sends with a credential")
  void sends() {
    try (FakeWebPubSub service = service(true)) {
      var answer =
          sdk(service)
              .sendToAllWithResponse(
                  com.azure.core.util.BinaryData.fromString("hi"),
                  WebPubSubContentType.TEXT_PLAIN,
                  2,
                  null);

      assertThat(answer.getStatusCode()).isEqualTo(202);
    }
  }

  @Test
  @DisplayName("X212 a token for another audience is refused, which the answer names")
  void otherAudience() throws Exception {
    try (FakeWebPubSub service = service(true)) {
      String token =
          changed(
              service.entraToken(),
              "https://webpubsub.azure.com\"",
              "https://webpubsub.azure.com/\"");

      assertRefused(
          send(service, token),
          "a token of Microsoft Entra ID must be for 'https://webpubsub.azure.com' but is for"
              + " 'https://webpubsub.azure.com/'");
      assertRefused(
          send(
              service,
              changed(
                  service.entraToken(),
                  "https://webpubsub.azure.com\"",
                  "https://management.azure.com\"")),
          "but is for 'https://management.azure.com'");
    }
  }

  @Test
  @DisplayName("X212 an expired token is refused, which the answer says")
  void expired() throws Exception {
    try (FakeWebPubSub service = service(true)) {
      String token = changed(service.entraToken(), "\"exp\":", "\"exp\":1000000000,\"old\":");

      assertRefused(send(service, token), "The token expired at '2001-09-09T01:46:40Z'");
    }
  }

  @Test
  @DisplayName("X213 the Java SDK gets a client's token from the service")
  void generatesTokens() {
    try (FakeWebPubSub service = service(true)) {
      String url =
          sdk(service)
              .getClientAccessToken(new GetClientAccessTokenOptions().setUserId("alice"))
              .getUrl();

      PubSubClient alice = service.connect(URI.create(url));

      assertThat(url).startsWith("wss://");
      assertThat(service).hasUser("alice");
      assertThat(alice).isConnected();
      assertThat(service.timeline()).contains(":generateToken");
    }
  }

  @Test
  @DisplayName("X214 without the switch every such token is refused, and the answer names it")
  void off() throws Exception {
    try (FakeWebPubSub service = service(false)) {
      assertRefused(send(service, service.entraToken()), "acceptUnvalidatedEntraTokens");
      assertThatExceptionOfType(ClientAuthenticationException.class)
          .isThrownBy(() -> sdk(service).sendToAll("hi", WebPubSubContentType.TEXT_PLAIN));
    }
  }

  @ParameterizedTest(name = "switch {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("X227 it opens no client connection, and the refusal says what does")
  void noClient(boolean accepting) {
    try (FakeWebPubSub service = service(accepting)) {
      URI url =
          URI.create(
              service.clientUrl(asUser("alice")).toString().replaceFirst("access_token=.*", "")
                  + "access_token="
                  + service.entraToken());

      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.connect(url))
          .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(401))
          .withMessageContainingAll("REST", "client access URL", ":generateToken")
          .withMessageNotContaining("acceptUnvalidatedEntraTokens");
    }
  }

  @Test
  @DisplayName("the token lives for an hour of the fake's time, and the SDK asks for a new one")
  void lifetime() throws Exception {
    try (FakeWebPubSub service = service(true)) {
      String old = service.entraToken();
      service.clock().advanceBy(Duration.ofMinutes(30));

      assertThat(send(service, old).statusCode()).isEqualTo(202);
      assertThat(send(service, service.entraToken()).statusCode()).isEqualTo(202);
    }
  }
}
