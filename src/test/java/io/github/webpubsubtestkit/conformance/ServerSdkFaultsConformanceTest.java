package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.HUB;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.HttpResponseException;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RecordedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Rest-api 15, SDK interoperability: what the official Java SDK does when the service fails, and
 * behind a reverse proxy. Between its attempts the SDK waits by itself, which no test shortens.
 */
class ServerSdkFaultsConformanceTest {

  private FakeFixture fixture;
  private FakeWebPubSub fake;
  private Relay proxy;
  private WebPubSubServiceClient sdk;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
    fake = fixture.fake();
    proxy = Relay.to(fixture.endpoint());
    sdk =
        new WebPubSubServiceClientBuilder()
            .connectionString(fake.connectionString())
            .reverseProxyEndpoint(proxy.endpoint().toString())
            .hub(HUB)
            .buildClient();
  }

  @AfterEach
  void stop() {
    proxy.close();
    fixture.close();
  }

  private void send(String text) {
    sdk.sendToAll(text, WebPubSubContentType.TEXT_PLAIN);
  }

  private List<RecordedRequest> sends() {
    return fake.requests().stream().filter(each -> each.operation().equals("sendToAll")).toList();
  }

  private void assertNotRetried(int status) {
    assertThatExceptionOfType(HttpResponseException.class)
        .isThrownBy(() -> send("hi"))
        .satisfies(e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(status));
    assertThat(sends()).extracting(RecordedRequest::outcome).containsExactly(status + " fault");
  }

  @Test
  @DisplayName("R214 after 503 twice the SDK succeeds at the third request, with a fresh token")
  void retried() {
    WireClient client = fixture.raw(fixture.token());
    fake.faults().request(sendToAll()).answer(503).times(2);

    send("hi");

    client.expectText("hi");
    assertThat(sends())
        .extracting(RecordedRequest::outcome)
        .containsExactly("503 fault", "503 fault", "202");
    // tokens count in seconds, so only the first and the third are sure to differ
    List<String> tokens = proxy.tokens();
    assertThat(tokens).hasSize(3);
    assertThat(tokens.get(2)).isNotEqualTo(tokens.get(0));
  }

  @Test
  @DisplayName("R215 after 429 with Retry-After: 1 the SDK waits for a second or more")
  void throttled() {
    fake.faults().request(sendToAll()).answer(429).retryAfter(ofSeconds(1));

    send("hi");

    List<RecordedRequest> sends = sends();
    assertThat(sends).extracting(RecordedRequest::outcome).containsExactly("429 fault", "202");
    Duration between = sends.get(1).at().minus(sends.get(0).at());
    assertThat(between).isGreaterThanOrEqualTo(ofSeconds(1));
  }

  @Test
  @DisplayName("R216 after 501 the SDK does not try again")
  void notImplemented() {
    fake.faults().request(sendToAll()).answer(501);

    assertNotRetried(501);
  }

  @Test
  @DisplayName("R217 the SDK does not follow a redirect")
  void redirect() {
    fake.faults()
        .request(sendToAll())
        .answer(307)
        .header("Location", fixture.endpoint() + "/api/hubs/other/:send");

    assertNotRetried(307);
  }

  @Test
  @DisplayName("R246 behind a reverse proxy the SDK's token is for the endpoint, and good")
  void reverseProxy() {
    WireClient client = fixture.raw(fixture.token());

    send("hi");

    client.expectText("hi");
    assertThat(proxy.heard())
        .contains("POST /api/hubs/chat/:send?api-version=")
        .containsIgnoringCase("host: " + proxy.endpoint().getAuthority());
    assertThat(proxy.tokens()).hasSize(1);
  }
}
