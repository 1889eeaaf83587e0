package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("Whoever waits in vain is told of connections that failed before a request:")
class FailedConnectionTextsTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final String FAILED = "a connection failed before its first request at +0.000 s: ";

  private static final String PLAIN =
      "the client sent plain HTTP, but this port speaks TLS: it must use https:// or wss://";

  private static String whole(ThrowingCallable wait) {
    return Unstretched.text(String.valueOf(catchThrowable(wait).getMessage()))
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s");
  }

  private static String told(ThrowingCallable wait) {
    return whole(wait)
        .lines()
        .map(String::strip)
        .filter(line -> line.contains("failed before"))
        .collect(Collectors.joining("\n"));
  }

  /** Asks and waits until the service has noted that this failed for the nth time. */
  private static void fail(FakeWebPubSub service, String scheme, HttpClient client, int nth) {
    URI health =
        URI.create(scheme + "://127.0.0.1:" + service.endpoint().getPort() + "/api/health");
    var unused =
        catchThrowable(
            () -> client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()));
    eventually()
        .until(
            () ->
                service.timeline().lines().filter(each -> each.contains("no request: ")).count()
                    >= nth);
  }

  private static List<String> lines(FakeWebPubSub service) {
    return service.atTheService(Duration.ZERO).stream().map(each -> each.text()).toList();
  }

  @Nested
  @DisplayName("at a port with TLS,")
  class WithTls {

    private final FakeWebPubSub service = FakeWebPubSub.builder().https().build();
    private PubSubClient alice;

    @BeforeEach
    void connect() {
      alice = service.connect(asUser("alice"));
    }

    @AfterEach
    void close() {
      service.close();
    }

    @Test
    @DisplayName("a client of the JDK that does not trust the certificate")
    void untrusting() {
      fail(service, "https", HttpClient.newHttpClient(), 1);

      assertThat(told(() -> assertThat(alice).within(SHORT).receivesText("hi")))
          .startsWith(FAILED)
          .contains("certificate");
      assertThat(told(() -> assertThat(service).within(SHORT).receivesRequest(sendToAll())))
          .startsWith(FAILED)
          .contains("certificate");
      assertThat(lines(service))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("a connection failed before its first request: ")
                      .contains("certificate"));
    }

    @Test
    @DisplayName("a client that has met no fault because it does not trust the certificate")
    void unmetFault() {
      service.faults().request(sendToAll()).answer(503);
      fail(service, "https", HttpClient.newHttpClient(), 1);

      assertThat(whole(service::assertNoFailures)).contains(FAILED).contains("certificate");
    }

    @Test
    @DisplayName("plain HTTP, instead of the remark that nobody asked for anything")
    void plain() {
      fail(service, "http", HttpClient.newHttpClient(), 1);

      assertThat(whole(() -> assertThat(alice).within(SHORT).receivesText("hi")))
          .isEqualTo(
              """
              [alice] expected text "hi" within 1 ms but received nothing
                nothing was sent since alice connected at +0.000 s
                %s
                connection open since +0.000 s, groups [], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
                times are seconds since the service started; now it is +0.000 s"""
                  .formatted(FAILED + PLAIN));
    }

    @Test
    @DisplayName("several for one reason, in one line")
    void several() {
      HttpClient client = HttpClient.newHttpClient();
      fail(service, "http", client, 1);
      fail(service, "http", client, 2);

      assertThat(told(() -> assertThat(service).within(SHORT).receivesRequest(sendToAll())))
          .isEqualTo(
              "2 connections failed before their first request, the last at +0.000 s: " + PLAIN);
    }

    @Test
    @DisplayName("none of before the client that waits")
    void earlier() {
      fail(service, "http", HttpClient.newHttpClient(), 1);
      PubSubClient bob = service.connect(asUser("bob"));

      assertThat(told(() -> assertThat(bob).within(SHORT).receivesText("hi"))).isEmpty();
    }

    @Test
    @DisplayName("the kit's own client with a ws:// URL, without a guess at its hub")
    void plainWebSocket() {
      URI plain = URI.create(service.clientUrl(asUser("bob")).toString().replace("wss:", "ws:"));

      Throwable refused = catchThrowable(() -> service.connect(plain));

      assertThat(refused)
          .isInstanceOf(HandshakeRejectedException.class)
          .hasMessageContaining("This port speaks TLS: use https:// and wss:// for it.")
          .hasMessageNotContaining("usually");
    }
  }

  @Test
  @DisplayName("TLS at a port without it")
  void tlsAtPlainPort() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(asUser("alice"));
      fail(service, "https", HttpClient.newHttpClient(), 1);

      assertThat(told(() -> assertThat(alice).within(SHORT).receivesText("hi")))
          .startsWith(FAILED)
          .contains("TLS", "http://");
      assertThat(told(() -> assertThat(service).within(SHORT).receivesRequest(sendToAll())))
          .startsWith(FAILED);
    }
  }
}
