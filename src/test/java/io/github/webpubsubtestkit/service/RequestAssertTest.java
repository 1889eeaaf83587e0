package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.service.Operations.client;
import static io.github.webpubsubtestkit.service.Operations.rest;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of assertions on one request and on one connection. */
class RequestAssertTest {

  private static final RecordedRequest REQUEST =
      new RecordedRequest(
          rest("sendToGroup")
              .group("room")
              .payload(Payload.binary(new byte[] {1, 2}).withMetadata(Map.of("k", "v")))
              .parameters(Map.of("api-version", List.of("2024-12-01"), "filter", List.of("x")))
              .refused("400 Error.BadRequest")
              .done(),
          ObjectMapping.ofClassPath());

  private static final ConnectionInfo CONNECTION =
      new ConnectionInfo(
          "chat", "c1", Optional.of("alice"), Set.of("b", "a"), Optional.of(Protocol.JSON), false);

  static Stream<Arguments> misses() {
    return Stream.of(
        miss(RequestAssert::isSuccessful, "that succeeded", "refused with 400 Error.BadRequest"),
        miss(it -> it.hasOutcome("202"), "with outcome 202", "outcome is 400 Error.BadRequest"),
        miss(it -> it.isFromUser("bob"), "from user \"bob\"", "from the server"),
        miss(RequestAssert::isFromClient, "from a client", "from the server"),
        miss(it -> it.isInHub("Chat"), "in hub \"chat\"", "hub is \"hub\""),
        miss(it -> it.hasText("x"), "with text \"x\"", "data is binary"),
        miss(it -> it.hasText("x"), "with text \"x\"", "data is binary"),
        miss(it -> it.hasJson("{\"a\":1}"), "with json {\"a\":1}", "data is binary"),
        miss(it -> it.hasJson(7), "with json 7", "data is binary"),
        miss(
            it -> it.hasBinary(new byte[] {1, 3}),
            "with binary 2 bytes 01 03",
            "data byte 1: expected 03 but was 02"),
        miss(
            it -> it.hasBinary(new byte[] {1}),
            "with binary 1 byte 01",
            "data byte 1: expected no further byte but was 02"),
        miss(it -> it.hasMetadata("k", "w"), "with metadata k=w", "metadata k is v"),
        miss(it -> it.hasMetadata("l", "w"), "with metadata l=w", "has no metadata l"),
        miss(
            it -> it.hasParameter("filter", "y"),
            "with parameter filter=y",
            "parameter filter is [x]"),
        miss(
            it -> it.hasParameter("reason", "y"),
            "with parameter reason=y",
            "has no parameter reason"),
        miss(RequestAssert::extractingText, "with a text", "data is binary"));
  }

  @ParameterizedTest
  @MethodSource("misses")
  void aMissSaysWhatIsDifferent(Consumer<RequestAssert> assertion, String wanted, String but) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertion.accept(new RequestAssert(REQUEST)))
        .withMessage(
            """
            [service] expected a request %s but: %s
              request   sendToGroup("room")  binary 2 bytes 01 02 metadata {k=v}  filter [x]  from the server  in hub "hub"  -> 400 Error.BadRequest""",
            wanted, but);
  }

  @Test
  void whatIsThereIsAccepted() {
    new RequestAssert(REQUEST)
        .isRefused()
        .hasOutcome("400")
        .isFromServer()
        .isInHub("HUB")
        .hasBinary(new byte[] {1, 2})
        .hasMetadata("k", "v")
        .hasParameter("filter", "x");
  }

  @Test
  void aRequestTellsAllOfItself() {
    RecordedRequest event =
        new RecordedRequest(
            client("event", "alice").event("vote").json("{\"a\": 1.0}").at(7).done(),
            ObjectMapping.ofClassPath());

    Assertions.assertThat(event.operation()).isEqualTo("event");
    Assertions.assertThat(event.event()).contains("vote");
    Assertions.assertThat(event.dataType()).contains(DataType.JSON);
    Assertions.assertThat(event.json()).contains("{\"a\": 1.0}");
    Assertions.assertThat(event.text()).isEmpty();
    Assertions.assertThat(event.binary()).isEmpty();
    Assertions.assertThat(event.metadata()).isEmpty();
    Assertions.assertThat(event.fromUserId()).contains("alice");
    Assertions.assertThat(event.fromConnectionId()).contains("c-alice");
    Assertions.assertThat(event.isFromServer()).isFalse();
    Assertions.assertThat(event.isSuccessful()).isTrue();
    Assertions.assertThat(event.outcome()).isEqualTo("ok");
    Assertions.assertThat(event.at()).isEqualTo(Duration.ofMillis(7));
    Assertions.assertThat(event.request()).isEqualTo("event as it was sent");
    Assertions.assertThat(event)
        .hasToString(
            "event(\"vote\")  json {\"a\": 1.0}  from user \"alice\"  in hub \"hub\"  -> ok");
  }

  @Test
  void binaryIsACopy() {
    REQUEST.binary().orElseThrow()[0] = 9;

    Assertions.assertThat(REQUEST.binary()).contains(new byte[] {1, 2});
  }

  static Stream<Arguments> connectionMisses() {
    return Stream.of(
        connectionMiss(it -> it.isInHub("News"), "in hub \"news\" but was in hub \"chat\""),
        connectionMiss(it -> it.isInGroup("vip"), "in group \"vip\" but was groups [a, b]"),
        connectionMiss(
            ConnectionAssert::isSimple,
            "of a simple client but was one that speaks json.webpubsub.azure.v1"),
        connectionMiss(
            it -> it.hasProtocol(Protocol.PROTOBUF),
            "that speaks protobuf.webpubsub.azure.v1 but was one that speaks json.webpubsub.azure.v1"));
  }

  @ParameterizedTest
  @MethodSource("connectionMisses")
  void aConnectionThatIsDifferentIsShown(Consumer<ConnectionAssert> assertion, String wanted) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertion.accept(new ConnectionAssert(CONNECTION)))
        .withMessage(
            """
            [service] expected a connection %s
              connection   user "alice"  json.webpubsub.azure.v1  groups [a, b]  connection c1  hub "chat\"""",
            wanted);
  }

  private static Arguments miss(Consumer<RequestAssert> assertion, String wanted, String but) {
    return arguments(assertion, wanted, but);
  }

  private static Arguments connectionMiss(Consumer<ConnectionAssert> assertion, String wanted) {
    return arguments(assertion, wanted);
  }
}
