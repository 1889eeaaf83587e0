package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.ClientPattern.ofAnyone;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.FaultyService.answerPing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.conformance.WireClient;
import io.github.webpubsubtestkit.conformance.WireSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A fault of keep-alive")
class KeepAliveFaultTest {

  private final FaultyService service =
      new FaultyService(
          builder().clients(clients -> clients.keepAliveInterval(ofSeconds(20))).build());

  private final Faults faults = service.faults();

  /** The fake of these tests. */
  FakeWebPubSubBuilder builder() {
    return FakeWebPubSub.builder();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void pass(int seconds) {
    service.fake().clock().advanceBy(ofSeconds(seconds));
  }

  @Test
  @DisplayName("loses pings of one client, who is not given up for that, and then they come again")
  void pings() {
    service.fake().clock().freeze();
    WireClient alice = service.simple("alice");
    WireClient bob = service.simple("bob");
    KeepAliveFault fault = faults.keepAlive(ofUser("alice")).losePings().times(2);

    pass(20);
    answerPing(bob);
    pass(20);
    answerPing(bob);
    bob.expectOpen();
    alice.expectOpen();
    assertThat(fault.timesMet()).isEqualTo(2);
    pass(20);

    answerPing(alice);
    answerPing(bob);
    assertThat(service.fake().timeline())
        .contains("fault: lost ping to the client of user \"alice\", 2 of 2: alice#1");
  }

  @Test
  @DisplayName("ignores a pong, so that the service gives the client up")
  void pongs() {
    service.fake().clock().freeze();
    WireClient alice = service.simple("alice");
    WireClient bob = service.simple("bob");
    faults.keepAlive(ofUser("alice").inHub("hub")).losePongs();

    pass(20);
    answerPing(alice);
    answerPing(bob);
    alice.expectOpen();
    bob.expectOpen();
    pass(20);

    answerPing(bob);
    assertThat(alice.readToEnd()).hasSizeLessThan(2);
    assertThat(alice.socket().end()).isEqualTo(WireSocket.End.RESET);
    eventually().until(() -> !service.fake().userExists("alice"));
    assertThat(service.fake().userExists("bob")).isTrue();
    assertThat(service.fake().timeline())
        .contains("fault: ignored pong of the client of user \"alice\" in hub \"hub\", 1 of 1")
        .contains("no answer to a ping within 20000 ms");
  }

  @Test
  @DisplayName("does not keep awaitIdle() waiting")
  void idle() {
    service.fake().connect(asUser("alice"));
    faults.keepAlive(ofAnyone()).losePongs().lenient();

    service.fake().awaitIdle();
  }

  @Test
  @DisplayName("cannot be where there are no pings, or of both kinds")
  void misuse() {
    try (FakeWebPubSub without = FakeWebPubSub.start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> without.faults().keepAlive(ofAnyone()))
          .withMessage(
              "this fake sends no pings, so none can be lost: start it with a keepAliveInterval,"
                  + " by builder().clients(c -> c.keepAliveInterval(ofSeconds(20)))");
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.keepAlive(ofAnyone()).losePings().losePongs())
        .withMessage(
            "a fault is of pings or of pongs: lost ping for the client of anyone, met 0 of 1"
                + " times");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.fake().assertNoFailures())
        .withMessageContaining("fault not met: lost ping for the client of anyone");
  }
}
