package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Waiting for the next version")
class ChangesTest {

  private final Changes changes = new Changes();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    other.shutdownNow();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  @DisplayName("no wake-up is lost: the version is remembered before the look")
  void noLostWakeUp() throws Exception {
    int rounds = 16_000;
    AtomicInteger arrived = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(2);
    Future<?> writer =
        other.submit(
            () -> {
              for (int i = 0; i < rounds; i++) {
                start.await();
                arrived.incrementAndGet();
                changes.signal();
              }
              return null;
            });

    for (int i = 1; i <= rounds; i++) {
      int round = i;
      start.await();
      Optional<Integer> seen =
          changes.await(
              Waiting.deadlineAfter(Duration.ofSeconds(30)),
              () -> arrived.get() >= round ? Optional.of(round) : Optional.empty());
      assertThat(seen).contains(round);
    }
    writer.get();
  }

  @Test
  @DisplayName("looks once more when the time is up")
  void looksOnceMore() throws Exception {
    long deadline = Waiting.deadlineAfter(Duration.ofMillis(20));

    Optional<String> outcome =
        changes.await(
            deadline,
            () -> System.nanoTime() - deadline >= 0 ? Optional.of("late") : Optional.empty());

    assertThat(outcome).contains("late");
  }

  @Test
  @DisplayName("a look at a time that is up already happens once")
  void looksOnce() throws Exception {
    AtomicInteger looks = new AtomicInteger();

    Optional<String> outcome =
        changes.await(
            System.nanoTime(),
            () -> {
              looks.incrementAndGet();
              return Optional.empty();
            });

    assertThat(outcome).isEmpty();
    assertThat(looks).hasValue(1);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  @DisplayName("changes without end do not put off the end of the time")
  void changesWithoutEnd() throws Exception {
    Optional<String> outcome =
        changes.await(
            Waiting.deadlineAfter(Duration.ofMillis(20)),
            () -> {
              changes.signal();
              return Optional.empty();
            });

    assertThat(outcome).isEmpty();
  }
}
