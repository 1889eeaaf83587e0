package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.allowing;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the application wants events at all: abuse protection (event-handlers 3.1, 3.2). */
class EventValidationConformanceTest {

  // event-handlers 3.1 request

  @Test
  @DisplayName("E022 the first event is preceded by OPTIONS")
  void validatesFirst() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.json();

      assertThat(fixture.upstream().requests().subList(0, 2))
          .extracting(request -> request.method() + " " + request.target())
          .containsExactly("OPTIONS /eh/validate", "POST /eh/connect");
    }
  }

  @Test
  @DisplayName("E023 OPTIONS says who asks, and nothing of the client")
  void optionsHeaders() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.fixture().open(fixture.request().header("Cookie", "a=1"));

      ReceivedRequest options = fixture.upstream().validations().get(0);
      assertThat(options.method()).isEqualTo("OPTIONS");
      assertThat(options.header("WebHook-Request-Origin")).isEqualTo("127.0.0.1");
      assertThat(options.header("ce-awpsversion")).isEqualTo("1.0");
      assertThat(options.header("Host")).isEqualTo(fixture.upstream().authority());
      assertThat(options.headerNames())
          .doesNotContain("ce-signature", "ce-type", "authorization", "cookie");
      assertThat(options.body()).isEmpty();
    }
  }

  // event-handlers 3.2 answer

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
    try (EventFixture fixture =
        EventFixture.with(fake -> fake.events(events -> events.splitAllowedOrigin(true)))) {
      fixture.upstream().onValidate(allowing("other, 127.0.0.1"));

      fixture.json();

      fixture.upstream().awaitPost("connect");
    }
  }

  @Test
  @DisplayName(
      "E030 host and port of the service are allowed, as the middleware for Express writes it")
  void originWithPort() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().onValidate(allowing(fixture.fixture().authority()));

      fixture.json();

      fixture.upstream().awaitPost("connect");
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
    assertThat(refused(status(405))).extracting(ReceivedRequest::method).containsExactly("OPTIONS");
  }

  @ParameterizedTest(name = "event-handlers 3.2, near E033: {0} is a refusal, and GET is not tried")
  @ValueSource(ints = {401, 403, 410})
  void otherRefusals(int status) {
    assertThat(refused(status(status).header("WebHook-Allowed-Origin", "*")))
        .extracting(ReceivedRequest::method)
        .containsExactly("OPTIONS");
  }

  @Test
  @DisplayName("E034 after 404 to OPTIONS the same is asked by GET")
  void getAfterNotFound() {
    List<ReceivedRequest> asked = accepted(status(404), allowing("*"));

    assertThat(asked).extracting(ReceivedRequest::method).containsExactly("OPTIONS", "GET");
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
        .extracting(ReceivedRequest::method)
        .containsExactly("OPTIONS", "GET");
  }

  @Test
  @DisplayName("E036 a redirect is a refusal, and is not followed")
  void redirect() {
    try (RecordingUpstream elsewhere = RecordingUpstream.start()) {
      List<ReceivedRequest> asked =
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
        .extracting(ReceivedRequest::method)
        .containsExactly("OPTIONS", "OPTIONS", "OPTIONS");
  }

  @ParameterizedTest(
      name = "event-handlers 3.2, near E037: {0} is tried three times more, then it is a refusal")
  @ValueSource(ints = {408, 503})
  void unavailable(int status) {
    assertThat(refused(status(status))).hasSize(4);
  }

  @Test
  @DisplayName(
      "event-handlers 3.2: who does not answer within the deadline refuses, and is not asked again at once")
  void silence() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.fake().clock().freeze();
      fixture.upstream().onValidate(UpstreamAnswer.silence());
      WireSocket socket = fixture.fixture().socket();
      socket.send(fixture.request().bytes(fixture.fixture().endpoint()));
      fixture.upstream().awaitValidations(1);

      fixture.fake().clock().advanceBy(Duration.ofSeconds(10));

      assertThat(HttpAnswer.read(socket, "GET").status()).isEqualTo(500);
      assertThat(fixture.upstream().requests()).hasSize(1);
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
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().onValidate(allowing("*").header("Set-Cookie", "a=1; Path=/"));

      fixture.json();

      assertThat(fixture.upstream().awaitPost("connect").header("Cookie")).isNull();
    }
  }

  @Test
  @DisplayName("E174 a line of another host and one of this host and port are allowed")
  void twoAllowedEndpoints() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().onValidate(allowing("other.example:1", fixture.fixture().authority()));

      fixture.json();

      fixture.upstream().awaitPost("connect");
    }
  }

  /** A client gets in, and one {@code connect} goes out; gives the validations. */
  private static List<ReceivedRequest> accepted(UpstreamAnswer... answers) {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().onValidate(answers);

      fixture.json();

      fixture.upstream().awaitPost("connect");
      return fixture.upstream().validations();
    }
  }

  /** A client gets 500, and no event goes out; gives the validations. */
  private static List<ReceivedRequest> refused(UpstreamAnswer... answers) {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().onValidate(answers);

      fixture.refused(500);

      assertThat(fixture.upstream().posts()).isEmpty();
      return fixture.upstream().validations();
    }
  }
}
