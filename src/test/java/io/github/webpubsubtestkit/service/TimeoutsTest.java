package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.handler.EventAnswer.hang;
import static io.github.webpubsubtestkit.service.RequestPattern.anyHandshake;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every wait that names no time of its own")
class TimeoutsTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final EventHandlerStub handler = service.eventHandler("hub").onUserEvent(event -> hang());
  private final PubSubClient alice = service.connect(asUser("alice").protocol(JSON_RELIABLE));

  /** Only now, so that what comes before does not fail on a busy machine. */
  @BeforeEach
  void shorten() {
    service.times().configure(ofMillis(40), Map.of(WaitTimes.FACTOR, "1.5")::get);
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  @DisplayName("has the timeout of the service: assertions on clients, the service and stubs")
  void assertions() {
    fails(() -> assertThat(alice).receivesText("x"), "within 60 ms (40 ms x factor 1.5)");
    fails(() -> assertThat(alice).isClosed(), "within 60 ms (40 ms x factor 1.5)");
    fails(() -> assertThat(alice).receivesPong(), "within 60 ms (40 ms x factor 1.5)");
    fails(
        () -> assertThat(service).receivesRequest(sendToAll()),
        "within 60 ms (40 ms x factor 1.5)");
    fails(
        () -> assertThat(service).receivesConnectionFrom("bob"),
        "within 60 ms (40 ms x factor 1.5)");
    fails(() -> assertThat(handler).receivesEvent("x"), "within 60 ms (40 ms x factor 1.5)");
  }

  @Test
  @DisplayName("has the timeout of the service: acks, connect, recover and awaitIdle")
  void calls() {
    fails(() -> alice.sendEvent("e", "x"), "for sendEvent \"e\" within 60 ms (40 ms x factor 1.5)");
    fails(service::awaitIdle, "expected to become idle within 60 ms (40 ms x factor 1.5)");
    service.faults().handshake(anyHandshake()).hang();
    fails(
        () -> service.connect(asUser("bob")),
        "got no answer to its handshake within 60 ms (40 ms x factor 1.5)");
    service.faults().handshake(anyHandshake()).hang();
    fails(
        () -> alice.recover(), "got no answer to its handshake within 60 ms (40 ms x factor 1.5)");
  }

  @Test
  @DisplayName("unlike one with within(..), which only the factor stretches")
  void within() {
    fails(
        () -> assertThat(alice).within(ofMillis(10)).receivesText("x"),
        "within 15 ms (10 ms x factor 1.5)");
    fails(
        () -> assertThat(alice).within(ofMillis(10)).receivesText("x"),
        "within 15 ms (10 ms x factor 1.5)");
    fails(
        () -> assertThat(service).within(ofMillis(10)).hasUser("bob"),
        "within 15 ms (10 ms x factor 1.5)");
    fails(
        () -> assertThat(handler).within(ofMillis(10)).receivesExactly("x"),
        "within 15 ms (10 ms x factor 1.5)");
  }

  @Test
  @DisplayName("unlike within(ZERO), and a quiet period, which nothing stretches")
  void neverStretched() {
    service.times().configure(ofMillis(40), Map.of(WaitTimes.FACTOR, "1000")::get);

    fails(() -> assertThat(alice).within(ZERO).receivesText("x"), "to be there already");
    assertThat(alice).receivesNoMessageWithin(ofMillis(10)); // otherwise 10 seconds
    service.sendToUser("alice", "x");
    fails(
        () -> assertThat(alice).receivesNoMessageWithin(ofSeconds(10)),
        "expected no message within 10 s");
  }

  @Test
  @DisplayName("has the timeout of the builder")
  void builder() {
    try (FakeWebPubSub patient = FakeWebPubSub.builder().timeout(ofSeconds(20)).build()) {
      assertThat(patient.times().usual().asked()).isEqualTo(ofSeconds(20));
    }
    FakeWebPubSubBuilder builder = FakeWebPubSub.builder();
    for (Duration bad : new Duration[] {ZERO, ofSeconds(-1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.timeout(bad))
          .withMessage("timeout must be more than 0 but is " + bad);
    }
  }

  private static void fails(ThrowingCallable wait, String text) {
    assertThat(catchThrowable(wait)).hasMessageContaining(text);
  }
}
