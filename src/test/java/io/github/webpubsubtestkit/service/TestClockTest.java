package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestClockTest {

  @Test
  void showsRealTimeAsLongAsNobodyMovesIt() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      assertThat(service.clock().instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
      assertThat(service.clock().isFrozen()).isFalse();
      assertThat(service.clock()).isSameAs(service.clock());
    }
  }

  @Test
  void tokensOfTheFakeBeginAndEndByItsClock() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      URI early = service.clientUrl(asUser("alice").expiresIn(ofMinutes(5)));

      service.clock().advanceBy(ofMinutes(11));

      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.connect(early))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
      assertThat(service.connect(asUser("alice"))).isConnected();
    }
  }

  @Test
  void anApplicationCanBeGivenTheClock() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      InstantSource ofTheApplication = service.clock();
      service.clock().freeze();
      Instant before = ofTheApplication.instant();

      service.clock().advanceBy(ofDays(3));

      assertThat(ofTheApplication.instant()).isEqualTo(before.plus(ofDays(3)));
    }
  }

  @Test
  void clientsThatAnswerPingsLiveThroughHours() {
    try (FakeWebPubSub service =
        FakeWebPubSub.builder()
            .clients(clients -> clients.keepAliveInterval(ofSeconds(20)))
            .build()) {
      PubSubClient alice = service.connect(asUser("alice").groups("room"));
      SimpleClient sensor = service.connectSimple(asUser("sensor"));

      service.clock().advanceBy(ofHours(1));

      assertThat(service).hasUser("alice").hasUser("sensor");
      service.sendToAll("still there?");
      assertThat(alice).receivesText("still there?");
      assertThat(sensor).receivesText("still there?");
    }
  }

  @Test
  void closeHandshakesOfClientsAreNotCutShort() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      List<PubSubClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(service.connect(anonymous()));
      }
      clients.forEach(client -> client.sendRaw("nonsense"));

      service.awaitIdle();
      service.clock().advanceBy(ofHours(1));

      assertThat(clients).allSatisfy(client -> assertThat(client).isClosed().hasCode(1007));
    }
  }

  @Test
  void eachFakeHasAClockOfItsOwn() throws Exception {
    List<CompletableFuture<Duration>> moved = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      int hours = i;
      moved.add(
          CompletableFuture.supplyAsync(
              () -> {
                try (FakeWebPubSub service = FakeWebPubSub.start()) {
                  service.clock().freeze();
                  Instant before = service.clock().instant();
                  URI url = service.clientUrl(asUser("alice").expiresIn(ofHours(4)));
                  service.clock().advanceBy(ofHours(hours));
                  if (hours < 4) {
                    assertThat(service.connect(url)).isConnected();
                  } else if (hours > 4) {
                    assertThatExceptionOfType(HandshakeRejectedException.class)
                        .isThrownBy(() -> service.connect(url));
                  }
                  return Duration.between(before, service.clock().instant());
                }
              }));
    }
    for (int i = 1; i <= 8; i++) {
      assertThat(moved.get(i - 1).get(30, TimeUnit.SECONDS)).isEqualTo(ofHours(i));
    }
  }

  @Test
  void assertionsAndClientsKeepRealTime() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service.clock().freeze();
      PubSubClient alice = service.connect(asUser("alice")); // connecting has a limit of its own

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(alice).receivesMessageWithin(Duration.ofMillis(20)));
      alice.close();

      assertThat(alice).isClosed();
      assertThat(service).hasNoConnections();
    }
  }

  @Test
  void movesToAnInstant() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      TestClock clock = service.clock();
      clock.freeze();
      Instant then = clock.instant().plus(ofDays(30));

      clock.advanceTo(then);
      assertThat(clock.instant()).isEqualTo(then);
      clock.advanceTo(then);
      assertThat(clock.instant()).isEqualTo(then);
    }
  }

  @Test
  void goesForwardOnly() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      TestClock clock = service.clock();
      clock.freeze();
      Instant now = clock.instant();
      Instant past = now.minusSeconds(1);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> clock.advanceBy(ofSeconds(-1)))
          .withMessage("the clock can only move forward, not by PT-1S");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> clock.advanceTo(past))
          .withMessage(
              "the clock can only move forward: it is " + now + " already, " + past + " is past");
      assertThat(clock.instant()).isEqualTo(now);
    }
  }

  @Test
  void runsOnAfterResume() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      TestClock clock = service.clock();
      clock.freeze();
      clock.advanceBy(ofDays(1));

      clock.resume();

      assertThat(clock.isFrozen()).isFalse();
      assertThat(clock.instant()).isAfter(Instant.now().plus(ofHours(23)));
    }
  }

  @Test
  void theTimelineTellsOfEveryMove() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      service.clock().advanceBy(ofSeconds(90));
      service.clock().freeze();
      service.clock().resume();

      assertThat(service.timeline().lines().filter(line -> line.contains(" clock ")))
          .extracting(line -> line.replaceFirst(".* clock +\\S* *", ""))
          .containsExactly("moved by 90 s", "frozen", "runs on");
    }
  }

  @Test
  void saysWhatTimeItIs() {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      TestClock clock = service.clock();
      clock.freeze();

      assertThat(clock).hasToString("TestClock[" + clock.instant() + ", frozen]");
      clock.resume();
      assertThat(clock.toString()).startsWith("TestClock[2").doesNotContain("frozen");
    }
  }

  @Test
  void theClockOfAClosedFakeStands() {
    FakeWebPubSub service = FakeWebPubSub.start();
    service.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> service.clock().advanceBy(ofSeconds(1)))
        .withMessage("the clock of a closed fake stands");
  }
}
