package io.github.webpubsubtestkit.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTimersTest {

  private final LoopTimers timers = LoopTimers.realTime();

  @Test
  void runsWhatIsDueAndKeepsTheRest() {
    List<String> ran = new ArrayList<>();
    timers.schedule(Duration.ZERO, () -> ran.add("first"));
    timers.schedule(Duration.ofMinutes(-1), () -> ran.add("second"));
    timers.schedule(Duration.ofHours(1), () -> ran.add("later"));

    timers.runDue();

    assertThat(ran).containsExactly("first", "second");
    assertThat(timers.nanosUntilNext()).isPositive();
  }

  @Test
  void aCancelledTaskDoesNotRunAndIsForgotten() {
    AtomicInteger runs = new AtomicInteger();
    Timers.Scheduled task = timers.schedule(Duration.ZERO, runs::incrementAndGet);

    task.cancel();
    timers.runDue();

    assertThat(runs).hasValue(0);
    assertThat(timers.nanosUntilNext()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void tellsWhoeverDrivesThemOfAnEarlierTaskOnly() {
    AtomicInteger calls = new AtomicInteger();
    timers.onEarlierTask(calls::incrementAndGet);

    timers.schedule(Duration.ofHours(2), () -> {});
    timers.schedule(Duration.ofHours(3), () -> {});
    timers.schedule(Duration.ofHours(1), () -> {});

    assertThat(calls).hasValue(2);
  }

  @Test
  void tasksOfTheSameMomentAllRun() {
    AtomicInteger runs = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      timers.schedule(Duration.ZERO, runs::incrementAndGet);
    }

    timers.runDue();

    assertThat(runs).hasValue(1_000);
  }

  @Test
  void aTaskThatFindsNoMemoryRunsAgain() {
    AtomicInteger runs = new AtomicInteger();
    timers.schedule(
        Duration.ZERO,
        () -> {
          if (runs.incrementAndGet() < 3) {
            throw new OutOfMemoryError("on purpose");
          }
        });

    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(timers::runDue);
    assertThat(timers.nanosUntilNext()).isZero();
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(timers::runDue);
    timers.runDue();
    timers.runDue();

    assertThat(runs).hasValue(3);
    assertThat(timers.nanosUntilNext()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTaskThatThrowsTakesNoOtherWithIt() {
    AtomicInteger runs = new AtomicInteger();
    timers.schedule(
        Duration.ofMinutes(-1),
        () -> {
          throw new IllegalStateException("on purpose");
        });
    timers.schedule(Duration.ZERO, runs::incrementAndGet);

    assertThatIllegalStateException().isThrownBy(timers::runDue).withMessage("on purpose");
    timers.runDue();

    assertThat(runs).hasValue(1);
  }

  @Test
  void aTaskCanTakeBackOneThatIsDueToo() {
    AtomicInteger runs = new AtomicInteger();
    List<Timers.Scheduled> second = new ArrayList<>();
    timers.schedule(Duration.ZERO, () -> second.forEach(Timers.Scheduled::cancel));
    second.add(timers.schedule(Duration.ZERO, runs::incrementAndGet));

    timers.runDue();

    assertThat(runs).hasValue(0);
  }
}
