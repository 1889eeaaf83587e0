package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventBench.fails;
import static io.github.webpubsubtestkit.conformance.EventBench.leave;
import static io.github.webpubsubtestkit.conformance.EventBench.succeeds;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.allowing;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.handler.EventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * When the application is asked whether it wants events, and what its refusal does (event-handlers
 * 3.3, 3.4).
 */
class EventValidationTimesConformanceTest {

  // event-handlers 3.3 when

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

  // event-handlers 3.4 failed validation

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

  // event-handlers 3.3 what is validated, and for how long

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
    try (EventBench bench =
        EventBench.with(fake -> fake.events(events -> events.validateHandlers(false)))) {
      bench.json();

      assertThat(bench.upstream().validations()).isEmpty();
      bench.upstream().post("connect");
    }
  }

  @Test
  @DisplayName("E175 with originWithPort the origin is host and port")
  void switchOriginWithPort() {
    try (EventBench bench =
        EventBench.with(fake -> fake.events(events -> events.originWithPort(true)))) {
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
  @DisplayName(
      "event-handlers 3.3: failure after failure the next attempt is later: 1, 2, 4, 8, 16, 32, 60, 60 s")
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

  private static EventBench withoutSystemEvents() {
    return EventBench.handler(upstream -> EventHandler.url(upstream.template()).systemEvents());
  }
}
