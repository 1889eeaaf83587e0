package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventBench.fails;
import static io.github.webpubsubtestkit.conformance.EventBench.leave;
import static io.github.webpubsubtestkit.conformance.EventBench.succeeds;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.allowing;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.handler.EventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the application wants events at all: abuse protection (event-handlers 3). */
class EventValidationConformanceTest {

  // 3.1 request

  @Test
  @DisplayName("E022 the first event is preceded by OPTIONS")
  void validatesFirst() {
    try (EventBench bench = EventBench.start()) {
      bench.json();

      assertThat(bench.upstream().requests().subList(0, 2))
          .extracting(request -> request.method() + " " + request.target())
          .containsExactly("OPTIONS /eh/validate", "POST /eh/connect");
    }
  }

  @Test
  @DisplayName("E023 OPTIONS says who asks, and nothing of the client")
  void optionsHeaders() {
    try (EventBench bench = EventBench.start()) {
      bench.bench().open(bench.request().header("Cookie", "a=1"));

      UpstreamRequest options = bench.upstream().validations().get(0);
      assertThat(options.method()).isEqualTo("OPTIONS");
      assertThat(options.header("WebHook-Request-Origin")).isEqualTo("127.0.0.1");
      assertThat(options.header("ce-awpsversion")).isEqualTo("1.0");
      assertThat(options.header("Host")).isEqualTo(bench.upstream().authority());
      assertThat(options.headerNames())
          .doesNotContain("ce-signature", "ce-type", "authorization", "cookie");
      assertThat(options.body()).isEmpty();
    }
  }

  // 3.3 when

  @Test
  @DisplayName("E024 a success is good for the events of a minute")
  void onceForAMinute() {
    try (EventBench bench = EventBench.start()) {
      bench.fake().clock().freeze();
      WireJsonClient client = bench.json();

      for (int i = 1; i <= 50; i++) {
        succeeds(client, "ev", i);
      }

      assertThat(bench.upstream().validations()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E025 events that come while OPTIONS is under way share it")
  void sharedByTen() {
    try (EventBench bench = EventBench.start()) {
      Gate gate = bench.upstream().gate();
      bench.upstream().on("validate", gate, allowing("*"));
      List<UpgradeRequest> requests = new ArrayList<>();
      List<WireSocket> sockets = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        requests.add(bench.request());
        sockets.add(bench.bench().socket());
        sockets.get(i).send(requests.get(i).bytes(bench.bench().endpoint()));
      }
      bench.upstream().awaitValidations(1);

      gate.open();

      for (int i = 0; i < 10; i++) {
        WireClient.upgraded(sockets.get(i), requests.get(i)).expectOpen();
      }
      assertThat(bench.upstream().validations()).hasSize(1);
      assertThat(bench.upstream().posts("connect")).hasSize(10);
    }
  }

  // 3.2 answer

  @Test
  @DisplayName("E026 the origin itself is allowed")
  void originAllowed() {
    accepted(allowing("127.0.0.1"));
  }

  @Test
  @DisplayName("E028 of several lines one is enough")
  void oneOfSeveralLines() {
    accepted(allowing("other", "127.0.0.1"));
  }

  @Test
  @DisplayName("E029 a list in one line is not split")
  void listInOneLine() {
    refused(allowing("other, 127.0.0.1"));
  }

  @Test
  @DisplayName("E029 with splitAllowedOrigin it is")
  void listInOneLineIsSplit() {
    try (EventBench bench = EventBench.with(fake -> fake.splitAllowedOrigin(true))) {
      bench.upstream().onValidate(allowing("other, 127.0.0.1"));

      bench.json();

      bench.upstream().post("connect");
    }
  }

  @Test
  @DisplayName(
      "E030 host and port of the service are allowed, as the middleware for Express writes it")
  void originWithPort() {
    try (EventBench bench = EventBench.start()) {
      bench.upstream().onValidate(allowing(bench.bench().authority()));

      bench.json();

      bench.upstream().post("connect");
    }
  }

  @Test
  @DisplayName("E031 another origin is a refusal")
  void otherOrigin() {
    refused(allowing("evil.example"));
  }

  @Test
  @DisplayName("E032 no word about origins is a refusal")
  void noOrigin() {
    refused(status(200));
  }

  @Test
  @DisplayName("E033 405 is a refusal, and GET is not tried")
  void methodNotAllowed() {
    assertThat(refused(status(405))).extracting(UpstreamRequest::method).containsExactly("OPTIONS");
  }

  @ParameterizedTest(name = "3.2, near E033: {0} is a refusal, and GET is not tried")
  @ValueSource(ints = {401, 403, 410})
  void otherRefusals(int status) {
    assertThat(refused(status(status).header("WebHook-Allowed-Origin", "*")))
        .extracting(UpstreamRequest::method)
        .containsExactly("OPTIONS");
  }

  @Test
  @DisplayName("E034 after 404 to OPTIONS the same is asked by GET")
  void getAfterNotFound() {
    List<UpstreamRequest> asked = accepted(status(404), allowing("*"));

    assertThat(asked).extracting(UpstreamRequest::method).containsExactly("OPTIONS", "GET");
    assertThat(asked.get(1).target()).isEqualTo(asked.get(0).target());
    List<String> noLength = List.of("WebHook-Request-Origin", "ce-awpsversion", "Host");
    for (String name : noLength) {
      assertThat(asked.get(1).header(name)).isEqualTo(asked.get(0).header(name));
    }
    assertThat(asked.get(1).headerNames())
        .filteredOn(name -> !name.equals("content-length"))
        .containsExactlyInAnyOrderElementsOf(
            asked.get(0).headerNames().stream()
                .filter(name -> !name.equals("content-length"))
                .toList());
  }

  @Test
  @DisplayName("E035 404 to GET as well is a refusal")
  void notFoundTwice() {
    assertThat(refused(status(404)))
        .extracting(UpstreamRequest::method)
        .containsExactly("OPTIONS", "GET");
  }

  @Test
  @DisplayName("E036 a redirect is a refusal, and is not followed")
  void redirect() {
    try (RecordingUpstream elsewhere = RecordingUpstream.start()) {
      List<UpstreamRequest> asked =
          refused(
              status(302)
                  .header("Location", elsewhere.url("/eh/validate"))
                  .header("WebHook-Allowed-Origin", "*"));

      assertThat(asked).hasSize(1);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("E037 503 is tried again")
  void unavailableTwice() {
    assertThat(accepted(status(503), status(503), allowing("*")))
        .extracting(UpstreamRequest::method)
        .containsExactly("OPTIONS", "OPTIONS", "OPTIONS");
  }

  @ParameterizedTest(name = "3.2, near E037: {0} is tried three times more, then it is a refusal")
  @ValueSource(ints = {408, 503})
  void unavailable(int status) {
    assertThat(refused(status(status))).hasSize(4);
  }

  @Test
  @DisplayName(
      "3.2: who does not answer within the deadline refuses, and is not asked again at once")
  void silence() {
    try (EventBench bench = EventBench.start()) {
      bench.fake().clock().freeze();
      bench.upstream().onValidate(UpstreamAnswer.silence());
      WireSocket socket = bench.bench().socket();
      socket.send(bench.request().bytes(bench.bench().endpoint()));
      bench.upstream().awaitValidations(1);

      bench.fake().clock().advanceBy(Duration.ofSeconds(10));

      assertThat(HttpAnswer.read(socket, "GET").status()).isEqualTo(500);
      assertThat(bench.upstream().requests()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E038 204 is as good as 200")
  void noContentAllows() {
    accepted(noContent().header("WebHook-Allowed-Origin", "*"));
  }

  @Test
  @DisplayName("E039 a cookie of OPTIONS is not kept")
  void noCookie() {
    try (EventBench bench = EventBench.start()) {
      bench.upstream().onValidate(allowing("*").header("Set-Cookie", "a=1; Path=/"));

      bench.json();

      assertThat(bench.upstream().post("connect").header("Cookie")).isNull();
    }
  }

  @Test
  @DisplayName("E174 a line of another host and one of this host and port are allowed")
  void twoAllowedEndpoints() {
    try (EventBench bench = EventBench.start()) {
      bench.upstream().onValidate(allowing("other.example:1", bench.bench().authority()));

      bench.json();

      bench.upstream().post("connect");
    }
  }

  // 3.4 failed validation

  @Test
  @DisplayName("E040 a user event fails, and the connection stays")
  void userEventFails() {
    try (EventBench bench = withoutSystemEvents()) {
      bench.upstream().onValidate(status(200));
      WireJsonClient client = bench.json();

      fails(client, "ev", 1);

      client.expectOpen();
      assertThat(bench.upstream().posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("E041 a message of a simple client fails, and closes it")
  void rawMessageFails() {
    try (EventBench bench = withoutSystemEvents()) {
      bench.upstream().onValidate(status(200));
      WireClient client = bench.raw();

      client.sendText("hi");

      client.expectClose(1011, EventBench.FAILURE);
      assertThat(bench.upstream().posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("E042 a notification is given up, and the timeline says so")
  void notificationIsGivenUp() {
    try (EventBench bench =
        EventBench.handler(
            upstream ->
                EventHandler.url(upstream.template()).userEvents("").systemEvents("connected"))) {
      bench.upstream().onValidate(status(200));

      WireJsonClient client = bench.json();
      bench.upstream().awaitValidations(1);
      client.expectOpen();
      leave(client.wire(), "");
      bench.settle();

      assertThat(bench.upstream().posts()).isEmpty();
      assertThat(bench.fake().timeline()).contains("AbuseProtectionResponseMissingAllowedOrigin");
    }
  }

  // 3.3 what is validated, and for how long

  @Test
  @DisplayName("E043 two handlers with one URL are validated once")
  void sharedUrl() {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) ->
                fake.eventHandler("chat", EventHandler.url(upstream.template()).userEvents("a"))
                    .eventHandler("chat", EventHandler.url(upstream.template()).userEvents("b")))) {
      WireJsonClient client = bench.json();

      succeeds(client, "a", 1);
      succeeds(client, "b", 2);

      assertThat(bench.upstream().validations()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E044 a template with the hub in it is validated for each hub")
  void urlPerHub() {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) ->
                fake.eventHandler("chat", EventHandler.url(upstream.url("/{hub}/{event}")))
                    .eventHandler("news", EventHandler.url(upstream.url("/{hub}/{event}"))))) {
      bench.json();
      TestTokens token = TestTokens.forClient(bench.bench().endpoint(), "news");
      bench
          .bench()
          .open(UpgradeRequest.to("/client/hubs/news?access_token=" + bench.bench().signed(token)));

      assertThat(bench.upstream().validations())
          .extracting(UpstreamRequest::target)
          .containsExactly("/chat/validate", "/news/validate");
    }
  }

  @Test
  @DisplayName("E045 an old success still counts once, while it is asked again")
  void refreshed() {
    try (EventBench bench = withoutSystemEvents()) {
      bench.upstream().onValidate(allowing("*"), status(200));
      WireJsonClient client = bench.json();
      succeeds(client, "first", 100);
      bench.fake().clock().advanceBy(Duration.ofSeconds(61));

      succeeds(client, "second", 1);
      bench.upstream().awaitValidations(2);
      bench.turn();
      fails(client, "third", 2);

      assertThat(bench.upstream().events()).containsExactly("first", "second");
      assertThat(bench.upstream().validations()).hasSize(2);
    }
  }

  @Test
  @DisplayName("E046 with validation switched off nobody is asked")
  void switchedOff() {
    try (EventBench bench = EventBench.with(fake -> fake.validateHandlers(false))) {
      bench.json();

      assertThat(bench.upstream().validations()).isEmpty();
      bench.upstream().post("connect");
    }
  }

  @Test
  @DisplayName("E175 with originWithPort the origin is host and port")
  void switchOriginWithPort() {
    try (EventBench bench = EventBench.with(fake -> fake.originWithPort(true))) {
      bench.json();
      bench.upstream().awaitPost("connected");

      assertThat(bench.upstream().requests())
          .hasSize(3)
          .allSatisfy(
              request ->
                  assertThat(request.header("WebHook-Request-Origin"))
                      .isEqualTo(bench.bench().authority()));
    }
  }

  @Test
  @DisplayName(
      "E176 a failure counts for a second; the event that has it asked again does not wait")
  void backOff() {
    try (EventBench bench = EventBench.start()) {
      bench.fake().clock().freeze();
      bench.upstream().onValidate(status(200), allowing("*"));
      bench.refused(500);
      bench.refused(500);
      assertThat(bench.upstream().requests()).hasSize(1);

      bench.fake().clock().advanceBy(Duration.ofSeconds(1));
      bench.refused(500);
      bench.upstream().awaitValidations(2);
      assertThat(bench.upstream().posts()).isEmpty();
      bench.settle();
      bench.json();

      assertThat(bench.upstream().validations()).hasSize(2);
      bench.upstream().post("connect");
    }
  }

  @Test
  @DisplayName("3.3: failure after failure the next attempt is later: 1, 2, 4, 8, 16, 32, 60, 60 s")
  void longerBackOff() {
    try (EventBench bench = EventBench.start()) {
      bench.fake().clock().freeze();
      bench.upstream().onValidate(status(200));
      bench.refused(500);
      int attempts = 1;
      for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
        bench.fake().clock().advanceBy(Duration.ofSeconds(seconds).minusMillis(1));
        bench.refused(500);
        bench.settle();
        assertThat(bench.upstream().requests()).as("before %s s", seconds).hasSize(attempts);

        bench.fake().clock().advanceBy(Duration.ofMillis(1));
        bench.refused(500);
        attempts++;
        bench.upstream().awaitValidations(attempts);
        bench.settle();
      }
    }
  }

  /** A client gets in, and one {@code connect} goes out; gives the validations. */
  private static List<UpstreamRequest> accepted(UpstreamAnswer... answers) {
    try (EventBench bench = EventBench.start()) {
      bench.upstream().onValidate(answers);

      bench.json();

      bench.upstream().post("connect");
      return bench.upstream().validations();
    }
  }

  /** A client gets 500, and no event goes out; gives the validations. */
  private static List<UpstreamRequest> refused(UpstreamAnswer... answers) {
    try (EventBench bench = EventBench.start()) {
      bench.upstream().onValidate(answers);

      bench.refused(500);

      assertThat(bench.upstream().posts()).isEmpty();
      return bench.upstream().validations();
    }
  }

  private static EventBench withoutSystemEvents() {
    return EventBench.handler(upstream -> EventHandler.url(upstream.template()).systemEvents());
  }
}
