package io.github.webpubsubtestkit.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FakeWebPubSubBuilderTest {

  private static final String KEY = "fake-access-key-for-unit-tests-0123456789+/=";

  @Test
  void theConnectionStringHasThePortAndTheKey() {
    try (FakeWebPubSub service = FakeWebPubSub.builder().accessKey(KEY).build()) {
      assertThat(service.endpoint().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
      assertThat(service.connectionString())
          .isEqualTo("Endpoint=" + service.endpoint() + ";AccessKey=" + KEY + ";Version=1.0;");
      assertThat(service.accessKey()).isEqualTo(KEY);
      assertThat(service.secondaryAccessKey()).isEmpty();
      assertThat(service.defaultHub()).isEqualTo("hub");
    }
  }

  @Test
  void toStringKeepsTheKeySecret() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      assertThat(service).hasToString("FakeWebPubSub[" + service.endpoint() + ", hub hub]");
      assertThat(service.toString()).doesNotContain(service.accessKey());
    }
  }

  @Test
  void everyFakeHasAnotherKeyAndPort() {
    try (FakeWebPubSub one = FakeWebPubSub.start();
        FakeWebPubSub other = FakeWebPubSub.start()) {
      assertThat(one.accessKey()).isNotEqualTo(other.accessKey());
      assertThat(one.endpoint()).isNotEqualTo(other.endpoint());
    }
  }

  @Test
  void aSecondaryKeyIsHandedOut() {
    try (FakeWebPubSub service = FakeWebPubSub.builder().secondaryAccessKey(KEY).build()) {
      assertThat(service.secondaryAccessKey()).contains(KEY);
      assertThat(service.accessKey()).isNotEqualTo(KEY);
    }
  }

  @Test
  void oneBuilderMakesAnyNumberOfFakes() {
    FakeWebPubSubBuilder builder = FakeWebPubSub.builder().defaultHub("Chat");
    try (FakeWebPubSub one = builder.build();
        FakeWebPubSub other = builder.build()) {
      assertThat(one.defaultHub()).isEqualTo("Chat");
      assertThat(one.endpoint()).isNotEqualTo(other.endpoint());
    }
  }

  @Test
  void aTakenPortIsReportedToTheCallerWithThePort() {
    try (FakeWebPubSub first = FakeWebPubSub.start()) {
      int port = first.endpoint().getPort();
      FakeWebPubSubBuilder second = FakeWebPubSub.builder().port(port);

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(second::build)
          .withMessage(
              "port "
                  + port
                  + " is taken, so the fake cannot listen on it; leave the port out to get a free"
                  + " one")
          .withCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void theSmallestValuesAreAccepted() {
    try (FakeWebPubSub service =
        FakeWebPubSub.builder()
            .accessKey("k".repeat(32))
            .port(0)
            .limits(limits -> limits.maxQueuedMessages(1).maxQueuedBytes(1))
            .clients(
                clients ->
                    clients
                        .fragmentOutgoingAbove(1)
                        .keepAliveInterval(Duration.ofMillis(1))
                        .rawFailureCloseCode(1000))
            .timeline(
                timeline ->
                    timeline
                        .maxRecordedRequests(1)
                        .maxRecordedRequestBytes(1)
                        .maxTimelineEntries(1)
                        .maxTimelineBytes(1))
            .tokens(
                tokens ->
                    tokens
                        .tokenClockSkew(Duration.ZERO)
                        .additionalHostNames("proxy.example", "other.example:8443"))
            .build()) {
      assertThat(service).hasNoConnections();
    }
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        wrong(
            builder -> builder.accessKey("too short"),
            "the access key must have at least 32 UTF-8 bytes but has 9: HS256 needs 256 bits, and"
                + " with a shorter key official SDKs send no token at all"),
        wrong(
            builder -> builder.accessKey("k".repeat(32) + ";"),
            "the access key must not contain ';': that ends a value in a connection string"),
        wrong(
            builder -> builder.secondaryAccessKey("k".repeat(31)),
            "the secondary access key must have at least 32 UTF-8 bytes but has 31: HS256 needs 256"
                + " bits, and with a shorter key official SDKs send no token at all"),
        wrong(builder -> builder.listenOn(" "), "host must be a name or an address but is blank"),
        wrong(builder -> builder.port(-1), "port must be 0 (any free one) to 65535 but is -1"),
        wrong(
            builder -> builder.port(65_536), "port must be 0 (any free one) to 65535 but is 65536"),
        wrong(
            builder -> builder.defaultHub("a hub"),
            "hub must have 1 to 128 characters, a letter first, then letters, digits and"
                + " _ ` , . [ ] but is \"a hub\""),
        wrong(
            builder -> builder.limits(limits -> limits.maxQueuedMessages(0)),
            "maxQueuedMessages must be at least 1 but is 0"),
        wrong(
            builder -> builder.limits(limits -> limits.maxQueuedBytes(-5)),
            "maxQueuedBytes must be at least 1 but is -5"),
        wrong(
            builder -> builder.clients(clients -> clients.fragmentOutgoingAbove(0)),
            "fragmentOutgoingAbove must be at least 1 but is 0"),
        wrong(
            builder -> builder.clients(clients -> clients.keepAliveInterval(Duration.ZERO)),
            "keepAliveInterval must be at least 1 ms but is PT0S"),
        wrong(
            builder -> builder.clients(clients -> clients.rawFailureCloseCode(1008)),
            "rawFailureCloseCode must be 1011 or 1000 but is 1008"),
        wrong(
            builder -> builder.timeline(timeline -> timeline.maxRecordedRequests(0)),
            "maxRecordedRequests must be at least 1 but is 0"),
        wrong(
            builder -> builder.timeline(timeline -> timeline.maxRecordedRequestBytes(0)),
            "maxRecordedRequestBytes must be at least 1 but is 0"),
        wrong(
            builder ->
                builder.timeline(timeline -> timeline.maxTimelineEntries(0).maxTimelineBytes(1)),
            "maxTimelineEntries must be at least 1 but is 0"),
        wrong(
            builder ->
                builder.timeline(timeline -> timeline.maxTimelineEntries(1).maxTimelineBytes(0)),
            "maxTimelineBytes must be at least 1 but is 0"),
        wrong(
            builder -> builder.tokens(tokens -> tokens.tokenClockSkew(Duration.ofSeconds(-1))),
            "tokenClockSkew must not be negative but is PT-1S"),
        wrong(
            builder -> builder.tokens(tokens -> tokens.additionalHostNames("http://proxy")),
            "an additional host name is a host, with a port or without, but is \"http://proxy\""));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void aWrongValueIsRefusedWhereItIsSet(Consumer<FakeWebPubSubBuilder> setter, String message) {
    FakeWebPubSubBuilder builder = FakeWebPubSub.builder();

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> setter.accept(builder))
        .withMessage(message);
  }

  private static Arguments wrong(Consumer<FakeWebPubSubBuilder> setter, String message) {
    return arguments(setter, message);
  }
}
