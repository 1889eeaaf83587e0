package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
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
    try (EventFixture fixture = EventFixture.start()) {
      fixture.fake().clock().freeze();
      WireJsonClient client = fixture.json();

      for (int i = 1; i <= 50; i++) {
        succeeds(client, "ev", i);
      }

      assertThat(fixture.upstream().validations()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E025 events that come while OPTIONS is under way share it")
  void sharedByTen() {
    try (EventFixture fixture = EventFixture.start()) {
      Gate gate = fixture.upstream().gate();
      fixture.upstream().on("validate", gate, allowing("*"));
      List<UpgradeRequest> requests = new ArrayList<>();
      List<WireSocket> sockets = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        requests.add(fixture.request());
        sockets.add(fixture.fixture().socket());
        sockets.get(i).send(requests.get(i).bytes(fixture.fixture().endpoint()));
      }
      fixture.upstream().awaitValidations(1);

      gate.open();

      for (int i = 0; i < 10; i++) {
        WireClient.upgraded(sockets.get(i), requests.get(i)).expectOpen();
      }
      assertThat(fixture.upstream().validations()).hasSize(1);
      assertThat(fixture.upstream().posts("connect")).hasSize(10);
    }
  }

  // event-handlers 3.4 failed validation

  @Test
  @DisplayName("E040 a user event fails, and the connection stays")
  void userEventFails() {
    try (EventFixture fixture = withoutSystemEvents()) {
      fixture.upstream().onValidate(status(200));
      WireJsonClient client = fixture.json();

      fails(client, "ev", 1);

      client.expectOpen();
      assertThat(fixture.upstream().posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("E041 a message of a simple client fails, and closes it")
  void rawMessageFails() {
    try (EventFixture fixture = withoutSystemEvents()) {
      fixture.upstream().onValidate(status(200));
      WireClient client = fixture.raw();

      client.sendText("hi");

      client.expectClose(1011, EventFixture.FAILURE);
      assertThat(fixture.upstream().posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("E042 a notification is given up, and the timeline says so")
  void notificationIsGivenUp() {
    try (EventFixture fixture =
        EventFixture.handler(
            upstream ->
                EventHandler.url(upstream.template()).userEvents("").systemEvents("connected"))) {
      fixture.upstream().onValidate(status(200));

      WireJsonClient client = fixture.json();
      fixture.upstream().awaitValidations(1);
      client.expectOpen();
      leave(client.wire(), "");
      fixture.awaitIdle();

      assertThat(fixture.upstream().posts()).isEmpty();
      assertThat(fixture.fake().timeline()).contains("AbuseProtectionResponseMissingAllowedOrigin");
    }
  }

  // event-handlers 3.3 what is validated, and for how long

  @Test
  @DisplayName("E043 two handlers with one URL are validated once")
  void sharedUrl() {
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) ->
                fake.eventHandler("chat", EventHandler.url(upstream.template()).userEvents("a"))
                    .eventHandler("chat", EventHandler.url(upstream.template()).userEvents("b")))) {
      WireJsonClient client = fixture.json();

      succeeds(client, "a", 1);
      succeeds(client, "b", 2);

      assertThat(fixture.upstream().validations()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E044 a template with the hub in it is validated for each hub")
  void urlPerHub() {
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) ->
                fake.eventHandler("chat", EventHandler.url(upstream.url("/{hub}/{event}")))
                    .eventHandler("news", EventHandler.url(upstream.url("/{hub}/{event}"))))) {
      fixture.json();
      TestTokens token = TestTokens.forClient(fixture.fixture().endpoint(), "news");
      fixture
          .fixture()
          .open(
              UpgradeRequest.to(
                  "/client/hubs/news?access_token=" + fixture.fixture().signed(token)));

      assertThat(fixture.upstream().validations())
          .extracting(ReceivedRequest::target)
          .containsExactly("/chat/validate", "/news/validate");
    }
  }

  @Test
  @DisplayName("E045 an old success still counts once, while it is asked again")
  void refreshed() {
    try (EventFixture fixture = withoutSystemEvents()) {
      fixture.upstream().onValidate(allowing("*"), status(200));
      WireJsonClient client = fixture.json();
      succeeds(client, "first", 100);
      fixture.fake().clock().advanceBy(Duration.ofSeconds(61));

      succeeds(client, "second", 1);
      fixture.upstream().awaitValidations(2);
      fixture.turn();
      fails(client, "third", 2);

      assertThat(fixture.upstream().events()).containsExactly("first", "second");
      assertThat(fixture.upstream().validations()).hasSize(2);
    }
  }

  @Test
  @DisplayName("E046 with validation switched off nobody is asked")
  void switchedOff() {
    try (EventFixture fixture =
        EventFixture.with(fake -> fake.events(events -> events.validateHandlers(false)))) {
      fixture.json();

      assertThat(fixture.upstream().validations()).isEmpty();
      fixture.upstream().awaitPost("connect");
    }
  }

  @Test
  @DisplayName("E175 with originWithPort the origin is host and port")
  void switchOriginWithPort() {
    try (EventFixture fixture =
        EventFixture.with(fake -> fake.events(events -> events.originWithPort(true)))) {
      fixture.json();
      fixture.upstream().awaitPost("connected");

      assertThat(fixture.upstream().requests())
          .hasSize(3)
          .allSatisfy(
              request ->
                  assertThat(request.header("WebHook-Request-Origin"))
                      .isEqualTo(fixture.fixture().authority()));
    }
  }

  @Test
  @DisplayName(
      "E176 a failure counts for a second; the event that has it asked again does not wait")
  void backOff() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.fake().clock().freeze();
      fixture.upstream().onValidate(status(200), allowing("*"));
      fixture.refused(500);
      fixture.refused(500);
      assertThat(fixture.upstream().requests()).hasSize(1);

      fixture.fake().clock().advanceBy(Duration.ofSeconds(1));
      fixture.refused(500);
      fixture.upstream().awaitValidations(2);
      assertThat(fixture.upstream().posts()).isEmpty();
      fixture.awaitIdle();
      fixture.json();

      assertThat(fixture.upstream().validations()).hasSize(2);
      fixture.upstream().awaitPost("connect");
    }
  }

  @Test
  @DisplayName(
      "event-handlers 3.3: failure after failure the next attempt is later: 1, 2, 4, 8, 16, 32, 60, 60 s")
  void longerBackOff() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.fake().clock().freeze();
      fixture.upstream().onValidate(status(200));
      fixture.refused(500);
      int attempts = 1;
      for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
        fixture.fake().clock().advanceBy(Duration.ofSeconds(seconds).minusMillis(1));
        fixture.refused(500);
        fixture.awaitIdle();
        assertThat(fixture.upstream().requests()).as("before %s s", seconds).hasSize(attempts);

        fixture.fake().clock().advanceBy(Duration.ofMillis(1));
        fixture.refused(500);
        attempts++;
        fixture.upstream().awaitValidations(attempts);
        fixture.awaitIdle();
      }
    }
  }

  private static EventFixture withoutSystemEvents() {
    return EventFixture.handler(upstream -> EventHandler.url(upstream.template()).systemEvents());
  }
}
