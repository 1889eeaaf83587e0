package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.service.RequestPattern.anyHandshake;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.closeAllConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.event;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.leaveGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A pattern of faults that no request can meet")
class FaultPatternsTest {

  static Stream<RequestPattern> ofClients() {
    return Stream.of(
        joinGroup("x"),
        leaveGroup("x"),
        event("x"),
        sendToGroup("x").fromClient(),
        sendToGroup("x").fromUser("alice"),
        anyRequest().fromConnection("1"));
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("is refused as one of clients, with a way out")
  void ofClients(RequestPattern pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkRequest(pattern))
        .withMessageStartingWith("the pattern " + pattern + " can only be met by connected clients")
        .withMessageContaining("faults().ack(..)");
  }

  static Stream<RequestPattern> never() {
    return Stream.of(
        sendToAll().withText("a").withText("b"),
        sendToAll().withText("a").withJson("1"),
        sendToAll().inHub("a").inHub("b"),
        closeAllConnections().withText("a"),
        closeAllConnections().withTimeToLive(Duration.ofSeconds(1)),
        sendToAll().withReason("a"));
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("is refused as it contradicts itself or its operation")
  void never(RequestPattern pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkRequest(pattern))
        .withMessageStartingWith("the pattern " + pattern + " can never be met");
  }

  static Stream<RequestPattern> noAcks() {
    return Stream.of(
        joinGroup("x").withText("a"),
        leaveGroup("x").withMetadata("a", "b"),
        joinGroup("x").fromUser("a").fromUser("b"),
        event("x").withText("a").withText("b"),
        sendToAll());
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("is refused for acks")
  void noAcks(RequestPattern pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkAck(pattern))
        .withMessageStartingWith("the pattern " + pattern + " can never be met");
  }

  @Test
  @DisplayName("says what its operation does not have")
  void says() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkAck(joinGroup("x").withText("a")))
        .withMessage(
            "the pattern joinGroup(\"x\") with text \"a\" can never be met: joinGroup has no data."
                + " Leave that out");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FaultPatterns.checkRequest(
                    closeAllConnections().withTimeToLive(Duration.ofSeconds(1))))
        .withMessageEndingWith(
            " can never be met: closeAllConnections has no time to live. Leave that out");
  }

  static Stream<RequestPattern> noHandshakes() {
    return Stream.of(
        connect().withText("a"),
        connect().fromServer(),
        recover().withHeader("a", "b"),
        anyHandshake().withParameter("a", "b"),
        connect().withReason("a"),
        connect().excluding("a"),
        sendToAll());
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("is refused for handshakes")
  void noHandshakes(RequestPattern pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkHandshake(pattern))
        .withMessageStartingWith("the pattern " + pattern);
  }

  @Test
  @DisplayName("that has an outcome is refused")
  void outcomes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkRequest(sendToAll().withOutcome("503")))
        .withMessageEndingWith("leave out withOutcome(..) and refused()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultPatterns.checkHandshake(connect().refused()));
  }

  @Test
  @DisplayName("is told from those that can be met")
  void canBeMet() {
    assertThatNoException()
        .isThrownBy(
            () -> {
              List.of(
                      sendToAll().withText("a").inHub("b").withMetadata("a", "1"),
                      sendToAll().withText("a").withText("a"),
                      sendToGroup("x").fromServer().withHeader("a", "b").withHeader("c", "d"),
                      anyRequest().withText("a").withReason("b"),
                      closeAllConnections().withReason("a").excluding("1"),
                      anyRequest().withParameter("a", "b"))
                  .forEach(FaultPatterns::checkRequest);
              List.of(
                      joinGroup("x").fromUser("alice").fromConnection("1"),
                      event("x").withText("a").withMetadata("a", "1"),
                      anyRequest().withText("a").withOutcome("Forbidden"),
                      sendToGroup("x").fromClient().fromUser("alice").withText("a"))
                  .forEach(FaultPatterns::checkAck);
              List.of(
                      connect().fromUser("alice").inHub("a"),
                      recover().fromConnection("1"),
                      anyHandshake().fromClient())
                  .forEach(FaultPatterns::checkHandshake);
            });
  }
}
