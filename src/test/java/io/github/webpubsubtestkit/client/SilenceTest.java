package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.transport.Frame;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("No message: certain with a barrier, a quiet period without")
class SilenceTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();

  @AfterEach
  void stop() {
    service.close();
  }

  private PubSubClient alice(Barrier barrier) {
    return service.connector(barrier).pubSub(service.address(), asUser("alice"));
  }

  @Test
  @DisplayName("passes when the service is idle and nothing was on its way")
  void passes() {
    AtomicInteger asked = new AtomicInteger();
    PubSubClient alice = alice(atMost -> asked.incrementAndGet());

    assertThat(alice).receivesNoMessage();

    assertThat(asked).hasValue(1);
  }

  @Test
  @DisplayName("an unread message fails at once, without asking whether the service is idle")
  void unread() {
    AtomicInteger asked = new AtomicInteger();
    PubSubClient alice = alice(atMost -> asked.incrementAndGet());
    service.deliver(alice, serverText("a"), serverText("b"));
    assertThat(alice).receivesText("a");

    assertThat(failureOf(() -> assertThat(alice).receivesNoMessage()))
        .isEqualTo(
            """
            [alice] expected no message but received "b"
              received   1 message, besides 1 already read
                +0.000 s  server  text  "a"     <- already read
                +0.000 s  server  text  "b"
            """
                + OPEN);
    assertThat(asked).hasValue(0);
  }

  @Test
  @DisplayName("a message that the service sends before it is idle is seen")
  void sentBeforeIdle() {
    PubSubClient alice = alice(atMost -> service.newest().send(Frame.text(serverText("late"))));

    assertThat(failureOf(() -> assertThat(alice).receivesNoMessage()))
        .isEqualTo(
            """
            [alice] expected no message but received "late"
              received   1 message
                +0.000 s  server  text  "late"
            """
                + OPEN);
  }

  @Test
  @DisplayName("a service that does not become idle is named")
  void notIdle() {
    PubSubClient alice =
        alice(
            atMost -> {
              throw new NotIdleException("request POST /api/hubs/shop/:send");
            });

    assertThat(failureOf(() -> assertThat(alice).within(ofSeconds(2)).receivesNoMessage()))
        .isEqualTo(
            """
            [alice] expected no message, but whether one is on its way could not be told within 2 s
              waited for   request POST /api/hubs/shop/:send
            """
                + OPEN);
  }

  @Test
  @DisplayName("a service that does not answer this client's ping is named")
  void noPong() {
    PubSubClient alice = alice(atMost -> service.newest().pauseReading());

    assertThat(failureOf(() -> assertThat(alice).within(ofMillis(50)).receivesNoMessage()))
        .isEqualTo(
            """
            [alice] expected no message, but whether one is on its way could not be told within 50 ms
              waited for   the answer to a ping of client alice
            """
                + OPEN);
  }

  @Test
  @DisplayName("a zero time only looks")
  void zeroOnlyLooks() {
    PubSubClient alice =
        alice(
            atMost -> {
              throw new NotIdleException("not to be asked");
            });

    assertThat(alice).within(ZERO).receivesNoMessage();
  }

  @Test
  @DisplayName("a closed connection has no message on its way")
  void closed() {
    PubSubClient alice = alice(atMost -> {});
    alice.close();

    assertThat(alice).receivesNoMessage();
    assertThat(alice).receivesNoMessageWithin(ofSeconds(100)); // nothing can come: does not wait
  }

  @Test
  @DisplayName("without a barrier a quiet period has to do, and the failure says so")
  void quietPeriod() {
    PubSubClient alice = service.connector(null).pubSub(service.address(), asUser("alice"));
    assertThat(alice).receivesNoMessage();
    service.answers(frame -> java.util.List.of(serverText("late")));
    alice.sendRaw("go");

    assertThat(failureOf(() -> assertThat(alice).receivesNoMessage()))
        .startsWith("[alice] expected no message")
        .contains("\n    +0.000 s  server  text  \"late\"\n")
        .endsWith(OPEN);
  }

  @Test
  @DisplayName("without a barrier: the whole text of a message during the quiet period")
  void quietPeriodText() {
    PubSubClient alice = service.connector(null).pubSub(service.address(), asUser("alice"));
    Expectations expectations = new Expectations(alice.connection);
    service.deliver(alice, serverText("late"));

    assertThat(
            expectations
                .noMessageWithin(Expectations.QUIET_PERIOD, Expectations.quietPeriodRemark())
                .orElseThrow()
                .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s"))
        .isEqualTo(
            """
            [alice] expected no message within 500 ms but received "late"
              received   1 message
                +0.000 s  server  text  "late"
              this target cannot tell when nothing is under way; a quiet period of 500 ms had to do
            """
                + OPEN);
  }

  @Test
  @DisplayName("no message within a time: waits, and fails as soon as one comes")
  void within() {
    PubSubClient alice = alice(atMost -> {});
    assertThat(alice).receivesNoMessageWithin(ofMillis(20));
    assertThat(alice).receivesNoMessageWithin(ZERO);
    service.answers(frame -> java.util.List.of(serverText("late")));
    alice.sendRaw("go");

    assertThat(failureOf(() -> assertThat(alice).receivesNoMessageWithin(ofSeconds(100))))
        .isEqualTo(
            """
            [alice] expected no message within 100 s but received "late"
              received   1 message
                +0.000 s  server  text  "late"
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).receivesNoMessageWithin(ZERO)))
        .startsWith("[alice] expected no message but received \"late\"\n");
  }
}
