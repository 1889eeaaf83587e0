package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.KEY;
import static io.github.webpubsubtestkit.conformance.EventFixture.SECONDARY_KEY;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.signature;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.allowing;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Applications that insist on what the official middleware insists on (event-handlers 11).
 *
 * <p>The middleware for Express itself is asked in {@code examples/express-event-handler}.
 */
class MiddlewareConformanceTest {

  private static final List<String> EVENTS =
      List.of("connect", "connected", "ev", "disconnected", "validate");

  // event-handlers 11.1 Express

  @Test
  @DisplayName("E164 an application that wants all the headers of Express finds nothing missing")
  void express() {
    try (EventFixture fixture = EventFixture.start()) {
      EVENTS.forEach(event -> fixture.upstream().on(event, MiddlewareConformanceTest::express));
      WireJsonClient client = fixture.json();
      succeeds(client, "ev", 1);
      leave(client.wire(), "");
      fixture.upstream().awaitPost("disconnected");
      fixture.upstream().awaitPost("connected");
      fixture.awaitIdle();

      // 404 would have been the client's answer to connect, and to ev no ack; others are not
      // repeated
      assertThat(fixture.upstream().events())
          .containsExactlyInAnyOrder("connect", "connected", "ev", "disconnected");
      assertThat(fixture.upstream().posts())
          .allSatisfy(post -> assertThat(express(post).status()).isEqualTo(204));
    }
  }

  private static UpstreamAnswer express(ReceivedRequest request) {
    if (request.header("ce-awpsversion") == null) {
      return status(404);
    }
    if (request.method().equals("OPTIONS")) {
      return request.header("webhook-request-origin") == null ? status(400) : allowing("*");
    }
    boolean known =
        String.valueOf(request.header("ce-type"))
            .matches(
                "azure\\.webpubsub\\.(sys\\.(connect|connected|disconnected)|user\\.[A-Za-z].*)");
    boolean ours = "chat".equalsIgnoreCase(request.header("ce-hub"));
    return known && ours && request.header("webhook-request-origin") != null
        ? noContent()
        : status(404);
  }

  @Test
  @DisplayName("E165 Express with allowedEndpoints writes host and port of the service")
  void expressAllowsEndpoint() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture
          .upstream()
          .on(
              "validate",
              request ->
                  request.header("webhook-request-origin") == null
                      ? status(400)
                      : allowing(fixture.fixture().authority()));

      fixture.json();

      fixture.upstream().awaitPost("connect");
    }
  }

  @Test
  @DisplayName("E166 the state of Express comes back as it is")
  void expressState() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().on("one", noContent().state("eyJuIjoxfQ=="));
      WireJsonClient client = fixture.json();

      succeeds(client, "one", 1);
      succeeds(client, "two", 2);

      assertThat(fixture.upstream().awaitPost("two").header("ce-connectionState"))
          .isEqualTo("eyJuIjoxfQ==");
    }
  }

  // event-handlers 11.2 .NET

  @Test
  @DisplayName("E167 .NET that knows the primary key accepts one of two signatures")
  void dotNetWithPrimaryKey() {
    try (EventFixture fixture = EventFixture.with(fake -> fake.secondaryAccessKey(SECONDARY_KEY))) {
      fixture.upstream().on("connect", request -> dotNet(request, KEY));

      fixture.json();
    }
  }

  @Test
  @DisplayName("E167 and so does one that knows the secondary key")
  void dotNetWithSecondaryKey() {
    try (EventFixture fixture = EventFixture.with(fake -> fake.secondaryAccessKey(SECONDARY_KEY))) {
      fixture.upstream().on("connect", request -> dotNet(request, SECONDARY_KEY));

      fixture.json();
    }
  }

  @Test
  @DisplayName("E168 .NET writes JSON without a type")
  void dotNetJson() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().on("connect", status(200).bytes(json("{'userId':'bob'}").getBytes(UTF_8)));

      fixture.json();

      assertThat(fixture.fixture().rest().exists(user("bob"))).isTrue();
    }
  }

  @Test
  @DisplayName("E169 .NET with another key refuses")
  void dotNetWithOtherKey() {
    try (EventFixture fixture = EventFixture.start()) {
      fixture.upstream().on("connect", request -> dotNet(request, SECONDARY_KEY));

      fixture.refused(401);
    }
  }

  /** Looks the key up by the origin, then wants one signature of it. */
  private static UpstreamAnswer dotNet(ReceivedRequest request, String key) {
    if (!"127.0.0.1".equals(request.header("WebHook-Request-Origin"))) {
      return status(401);
    }
    String expected =
        signature(key, String.valueOf(request.header("ce-connectionId"))).toLowerCase(Locale.ROOT);
    return Arrays.stream(String.valueOf(request.header("ce-signature")).split(",", -1))
            .anyMatch(one -> one.equalsIgnoreCase(expected))
        ? noContent()
        : status(401);
  }
}
