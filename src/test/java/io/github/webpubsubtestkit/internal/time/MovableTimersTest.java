package io.github.webpubsubtestkit.internal.time;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MovableTimersTest {

  private final LoopTimers real = LoopTimers.realTime();
  private final TransportLoop loop = TransportLoop.start("movable-timers-test", real);
  private final MovableTimers timers = new MovableTimers(real, loop);
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    loop.close();
  }

  private void onLoop(Runnable task) {
    assertThat(loop.execute(task)).isTrue();
  }

  private Runnable note(String what) {
    return () -> ran.add(what);
  }

  // ---- real time

  @Test
  void showsRealTimeUntilItIsMoved() {
    assertThat(timers.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(timers.isFrozen()).isFalse();
  }

  @Test
  void runsTasksByItselfWhenTheirTimeHasCome() throws Exception {
    CountDownLatch last = new CountDownLatch(1);

    onLoop( // so that none of them can run before all are there
        () -> {
          timers.schedule(ofHours(1), note("too early"));
          timers.schedule(ofMillis(30), last::countDown);
          timers.schedule(ofMillis(20), note("second"));
          timers.schedule(ofMillis(1), note("first"));
        });

    assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void aTaskThatIsTakenBackDoesNotRunAndOthersStillDo() throws Exception {
    CountDownLatch later = new CountDownLatch(1);

    onLoop(
        () -> {
          timers.schedule(ofMillis(1), note("taken back")).cancel();
          timers.schedule(ofMillis(2), later::countDown);
        });

    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isEmpty();
  }

  // ---- moved

  @Test
  void whatIsDueHasRunWhenAdvanceByReturns() {
    timers.schedule(ofMinutes(2), note("two"));
    timers.schedule(ofMinutes(1), note("one"));
    timers.schedule(ofMinutes(4), note("four"));

    timers.advanceBy(ofMinutes(3));

    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void whatDueTasksHandToTheLoopIsDoneWhenAdvanceByReturns() {
    for (int i = 1; i <= 500; i++) {
      timers.schedule(ofSeconds(1), () -> onLoop(note("handed on")));

      timers.advanceBy(ofSeconds(1));

      assertThat(ran).hasSize(i);
    }
  }

  @Test
  void tasksOfOneMomentRunInTheOrderOfScheduling() {
    timers.freeze();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      timers.schedule(ofSeconds(1), note("task " + i));
      expected.add("task " + i);
    }

    timers.advanceBy(ofSeconds(1));

    assertThat(ran).isEqualTo(expected);
  }

  @Test
  void tasksRunOnTheLoopThread() {
    AtomicInteger inLoop = new AtomicInteger();
    timers.schedule(ofSeconds(1), () -> inLoop.addAndGet(loop.inLoop() ? 1 : 0));

    timers.advanceBy(ofSeconds(1));

    assertThat(inLoop).hasValue(1);
  }

  @Test
  void eachTaskSeesTheTimeAtWhichItIsDue() {
    timers.freeze();
    Instant start = timers.instant();
    List<Duration> seen = new CopyOnWriteArrayList<>();
    for (int seconds : new int[] {3, 1, 2}) {
      timers.schedule(
          ofSeconds(seconds), () -> seen.add(Duration.between(start, timers.instant())));
    }

    timers.advanceBy(ofSeconds(10));

    assertThat(seen).containsExactly(ofSeconds(1), ofSeconds(2), ofSeconds(3));
    assertThat(timers.instant()).isEqualTo(start.plusSeconds(10));
  }

  @Test
  void whatTasksScheduleWithinTheSpanRunsToo() {
    AtomicInteger runs = new AtomicInteger();
    repeat(ofSeconds(20), runs);

    timers.advanceBy(ofMinutes(1));
    assertThat(runs).hasValue(3);

    timers.advanceBy(ofHours(1));
    assertThat(runs).hasValue(183);
  }

  private void repeat(Duration interval, AtomicInteger runs) {
    timers.schedule(
        interval,
        () -> {
          runs.incrementAndGet();
          repeat(interval, runs);
        });
  }

  @Test
  void aTaskThatThrowsStopsNoOther() throws Exception {
    CompletableFuture<Throwable> reported = new CompletableFuture<>();
    onLoop(
        () ->
            Thread.currentThread()
                .setUncaughtExceptionHandler((thread, e) -> reported.complete(e)));
    timers.schedule(
        ofSeconds(1),
        () -> {
          throw new IllegalStateException("on purpose");
        });
    timers.schedule(ofSeconds(2), note("after it"));

    timers.advanceBy(ofSeconds(2));

    assertThat(ran).containsExactly("after it");
    assertThat(reported.get(10, TimeUnit.SECONDS)).hasMessage("on purpose");
  }

  @Test
  void aTaskCanTakeBackOneOfTheSameSpan() {
    Timers.Scheduled second = timers.schedule(ofSeconds(2), note("second"));
    timers.schedule(ofSeconds(1), second::cancel);

    timers.advanceBy(ofSeconds(3));

    assertThat(ran).isEmpty();
  }

  @Test
  void zeroRunsWhatIsDueNow() {
    timers.freeze();
    timers.schedule(ZERO, note("now"));
    timers.schedule(ofSeconds(-5), note("overdue"));
    timers.schedule(Duration.ofNanos(1), note("later"));

    timers.advanceBy(ZERO);

    assertThat(ran).containsExactly("now", "overdue");
  }

  @Test
  void runsOnAfterHavingBeenMoved() throws Exception {
    Instant before = timers.instant();
    CountDownLatch due = new CountDownLatch(1);

    timers.advanceBy(ofHours(1));
    timers.schedule(ofMillis(1), due::countDown);

    assertThat(due.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(timers.instant()).isAfter(before.plus(ofHours(1)));
  }

  @Test
  void aTaskLeftOverBecomesDueByTheRealTime() throws Exception {
    CountDownLatch due = new CountDownLatch(1);
    timers.schedule(ofHours(1), due::countDown);

    timers.advanceBy(ofHours(1).minusMillis(5));

    assertThat(due.await(10, TimeUnit.SECONDS)).isTrue();
  }

  // ---- frozen

  @Test
  void aFrozenTimeStandsUntilItIsMoved() {
    timers.freeze();
    Instant frozen = timers.instant();
    timers.schedule(ZERO, note("due"));

    assertThat(timers.isFrozen()).isTrue();
    assertThat(timers.instant()).isEqualTo(frozen);
    timers.advanceBy(ofMinutes(1));
    assertThat(timers.instant()).isEqualTo(frozen.plusSeconds(60));
    assertThat(ran).containsExactly("due");
    assertThat(timers.isFrozen()).isTrue();
  }

  @Test
  void afterResumeTheTimeRunsOnFromWhereItStood() throws Exception {
    timers.freeze();
    timers.advanceBy(ofDays(1));
    Instant stood = timers.instant();
    CountDownLatch due = new CountDownLatch(1);
    timers.schedule(ofMillis(5), due::countDown);

    timers.resume();

    assertThat(due.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(timers.isFrozen()).isFalse();
    assertThat(timers.instant()).isBetween(stood.plusMillis(5), stood.plusSeconds(60));
  }

  @Test
  void freezingTwiceAndResumingTwiceIsOnce() {
    timers.freeze();
    Instant stood = timers.instant();
    timers.freeze();
    assertThat(timers.instant()).isEqualTo(stood);

    timers.resume();
    timers.resume();
    assertThat(timers.isFrozen()).isFalse();
    assertThat(timers.instant()).isAfterOrEqualTo(stood);
  }

  // ---- from where

  @Test
  void aTaskMayMoveTheTimeItself() {
    timers.freeze();
    Instant start = timers.instant();
    timers.schedule(
        ofSeconds(1),
        () -> {
          timers.advanceBy(ofSeconds(5));
          ran.add("moved to " + Duration.between(start, timers.instant()));
        });
    timers.schedule(ofSeconds(3), note("within"));
    timers.schedule(ofSeconds(8), note("beyond"));

    timers.advanceBy(ofSeconds(10));

    assertThat(ran).containsExactly("within", "moved to PT6S", "beyond");
    assertThat(timers.instant()).isEqualTo(start.plusSeconds(10));
  }

  @Test
  void aTaskOfTheLoopMayMoveTheTime() throws Exception {
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    timers.schedule(ofMinutes(1), note("due"));

    onLoop(
        () -> {
          timers.advanceBy(ofMinutes(1));
          seen.complete(List.copyOf(ran));
        });

    assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("due");
  }

  @Test
  void severalThreadsMayMoveItAndAllOfItCounts() throws Exception {
    timers.freeze();
    Instant start = timers.instant();
    List<Duration> seen = Collections.synchronizedList(new ArrayList<>());
    for (int i = 1; i <= 400; i++) {
      timers.schedule(ofSeconds(i), () -> seen.add(Duration.between(start, timers.instant())));
    }
    List<CompletableFuture<Void>> movers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      movers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int j = 0; j < 100; j++) {
                  timers.advanceBy(ofSeconds(1));
                }
              }));
    }

    CompletableFuture.allOf(movers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

    assertThat(timers.instant()).isEqualTo(start.plusSeconds(400));
    assertThat(seen).hasSize(400).isSorted();
  }

  // ---- deadlines

  @Test
  void aPeerThatAnswersMakesItsDeadlineHoweverFarTheTimeIsMoved() {
    Timers.Scheduled tooSlow = timers.deadline(ofSeconds(5), note("too slow"));
    timers.schedule(ofSeconds(4), () -> onLoop(tooSlow::cancel)); // the loop's next turn

    timers.advanceBy(ofHours(1));

    assertThat(ran).isEmpty();
  }

  @Test
  void aPeerThatIsSilentMissesItsDeadlineBeforeAdvanceByReturns() {
    timers.deadline(ofSeconds(5), note("too slow"));
    timers.deadline(ofSeconds(6), note("too slow, too"));
    timers.schedule(ofSeconds(4), note("before"));
    timers.schedule(ofSeconds(7), note("after"));

    timers.advanceBy(ofSeconds(10));

    assertThat(ran).containsExactly("before", "too slow", "too slow, too", "after");
  }

  @Test
  void aDeadlineBeyondTheSpanIsNotWaitedFor() {
    timers.deadline(ofSeconds(5), note("too slow"));

    timers.advanceBy(ofSeconds(4));

    assertThat(ran).isEmpty();
  }

  @Test
  void onTheLoopDeadlinesPassAtOnceBecauseNobodyCouldAnswer() throws Exception {
    timers.deadline(ofSeconds(5), note("too slow"));
    CompletableFuture<List<String>> seen = new CompletableFuture<>();

    onLoop(
        () -> {
          timers.advanceBy(ofSeconds(5));
          seen.complete(List.copyOf(ran));
        });

    assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("too slow");
  }

  // ---- wrong use

  @Test
  void theTimeIsNotSetBack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timers.advanceBy(ofSeconds(-1)))
        .withMessage("the clock can only move forward, not by PT-1S");
  }

  @Test
  void theTimeEndsAfter292Years() {
    timers.advanceBy(ofDays(290 * 365L));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> timers.advanceBy(ofDays(3 * 365L)))
        .withMessage("the clock can be moved by 292 years in all, but not by (further) PT26280H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timers.advanceBy(ofDays(300 * 365L)))
        .withMessageContaining("292 years");
    timers.advanceBy(ofSeconds(1)); // still good for what is possible
  }

  @Test
  void aTaskForTheEndOfTimeIsJustNotDue() {
    timers.schedule(Duration.ofSeconds(Long.MAX_VALUE), note("never"));
    timers.schedule(ofSeconds(1), note("soon"));

    timers.advanceBy(ofDays(365));

    assertThat(ran).containsExactly("soon");
  }

  @Test
  void whenTheLoopHasEndedTheTimeCannotBeMoved() {
    loop.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> timers.advanceBy(ofSeconds(1)))
        .withMessage("the clock of a closed fake stands");
  }

  @Test
  void anInterruptEndsTheWaitAndIsNotLost() {
    timers.deadline(ofSeconds(5), note("too slow"));
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> timers.advanceBy(ofSeconds(10)))
          .withMessage("interrupted while the clock was moved");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    timers.advanceBy(ofSeconds(10));
    assertThat(ran).containsExactly("too slow");
  }

  // ---- many

  @ParameterizedTest(name = "{0} timers, each in its turn, every other one taken back")
  @ValueSource(ints = {1_000, 10_000})
  void manyTimers(int count) {
    timers.freeze();
    AtomicInteger runs = new AtomicInteger();
    AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    AtomicInteger outOfOrder = new AtomicInteger();
    List<Timers.Scheduled> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int seconds = (i * 7919) % count; // mixed up
      all.add(
          timers.schedule(
              ofSeconds(seconds),
              () -> {
                runs.incrementAndGet();
                if (last.getAndSet(seconds) > seconds) {
                  outOfOrder.incrementAndGet();
                }
              }));
    }
    for (int i = 0; i < count; i += 2) {
      all.get(i).cancel();
    }

    timers.advanceBy(ofSeconds(count));

    assertThat(runs).hasValue(count / 2);
    assertThat(outOfOrder).hasValue(0);
  }
}
