package com.example.faults;

import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RequestFault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of REST requests")
class RestTest {

  /** The official Java server SDK on two HTTP clients, whose time-out a test sets. */
  enum Sdk {
    OKHTTP("OkHttp", time -> new OkHttpAsyncHttpClientBuilder().responseTimeout(time).build()),
    JDK("the JDK's client", time -> new JdkHttpClientBuilder().responseTimeout(time).build());

    private final String name;
    private final Function<Duration, HttpClient> http;

    Sdk(String name, Function<Duration, HttpClient> http) {
      this.name = name;
      this.http = http;
    }

    WebPubSubServiceClient of(FakeWebPubSub service, Duration patience) {
      return of(service, patience, ofMillis(10));
    }

    WebPubSubServiceClient of(FakeWebPubSub service, Duration patience, Duration pause) {
      return new WebPubSubServiceClientBuilder()
          .connectionString(service.connectionString())
          .hub("hub")
          .httpClient(http.apply(patience))
          .retryOptions(new RetryOptions(new FixedDelayOptions(3, pause)))
          .buildClient();
    }

    void sendToAll(FakeWebPubSub service, String text) {
      of(service, ofMinutes(1)).sendToAll(text, WebPubSubContentType.TEXT_PLAIN);
    }

    @Override
    public String toString() {
      return "the Java server SDK on " + name;
    }
  }

  @ParameterizedTest(name = "503 twice: {0} tries again, and the message is delivered once")
  @EnumSource
  void unavailable(Sdk sdk, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    service.faults().request(sendToAll()).answer(503).times(2);

    sdk.sendToAll(service, "hi");

    isDeliveredTo(bob, 1, "hi", service);
  }

  @ParameterizedTest(name = "503 for ever: {0} gives up and says why")
  @EnumSource
  void unavailableForEver(Sdk sdk, FakeWebPubSub service) {
    RequestFault fault = service.faults().request(sendToAll()).answer(503).always();

    assertThatExceptionOfType(HttpResponseException.class)
        .isThrownBy(() -> sdk.sendToAll(service, "hi"))
        .satisfies(e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(503));
    assertThat(fault.timesMet()).isEqualTo(4);
  }

  @ParameterizedTest(name = "throttled sends: {0} waits as Retry-After says, and sends again")
  @EnumSource
  void throttled(Sdk sdk, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    service.faults().request(sendToAll()).answer(429).retryAfter(ofMillis(20)).times(3);

    // left to itself it would pause for an hour
    sdk.of(service, ofMinutes(1), ofHours(1)).sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

    isDeliveredTo(bob, 1, "hi", service);
  }

  @ParameterizedTest(name = "error with a body: {0} hands it to the application")
  @EnumSource
  void errorBody(Sdk sdk, FakeWebPubSub service) {
    service
        .faults()
        .request(sendToAll())
        .answer(403, json("{\"code\":\"Forbidden\",\"message\":\"not on Sundays\"}"))
        .header("x-ms-error-code", "Sunday");

    assertThatExceptionOfType(HttpResponseException.class)
        .isThrownBy(() -> sdk.sendToAll(service, "hi"))
        .withMessageContaining("not on Sundays")
        .satisfies(
            e ->
                assertThat(e.getResponse().getHeaders().getValue("x-ms-error-code"))
                    .isEqualTo("Sunday"));
  }

  @ParameterizedTest(name = "delayed request: the call of {0} takes as long")
  @EnumSource
  void delayed(Sdk sdk, FakeWebPubSub service, OutsideClients clients) throws Exception {
    Socket bob = clients.bob(service);
    RequestFault slow = service.faults().request(sendToAll()).delay(ofSeconds(30));

    CompletableFuture<Void> call = CompletableFuture.runAsync(() -> sdk.sendToAll(service, "hi"));

    Faulty.Until.met(slow);
    assertThat(call).isNotDone();
    service.clock().advanceBy(ofSeconds(30));
    call.get(20, SECONDS);
    bob.seesMessage("hi");
  }

  @ParameterizedTest(name = "connection broken before the effect: {0} sends again, delivered once")
  @EnumSource
  void dropped(Sdk sdk, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    service.faults().request(sendToAll()).drop().times(2);

    sdk.sendToAll(service, "hi");

    isDeliveredTo(bob, 1, "hi", service);
  }

  @ParameterizedTest(
      name = "duplicate delivery: {0}, whose connection breaks after the effect, sends again")
  @EnumSource
  void answerDropped(Sdk sdk, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    service.faults().request(sendToAll()).dropAnswer();

    sdk.sendToAll(service, "hi");

    isDeliveredTo(bob, 2, "hi", service);
  }

  @ParameterizedTest(name = "request hangs: {0} gives up after its time-out, and sends again")
  @EnumSource
  void hangs(Sdk sdk, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    service.faults().request(sendToUser("bob")).hang();

    sdk.of(service, ofMillis(500)).sendToUser("bob", "hi", WebPubSubContentType.TEXT_PLAIN);

    isDeliveredTo(bob, 1, "hi", service);
  }

  private static void isDeliveredTo(Socket client, int times, String text, FakeWebPubSub service) {
    service.sendToAll("last");
    client.seesMessage("last");
    assertThat(client.messages(text)).isEqualTo(times);
  }
}
