package io.github.webpubsubtestkit.internal.expect;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes defaults of Awaitility")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayName("Waiting (transport-notes 4)")
class WaitingTest {

  private final Changes changes = new Changes();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    other.shutdownNow();
    Awaitility.reset();
    assertThat(Thread.interrupted()).as("left-over interrupt").isFalse();
  }

  @Test
  @DisplayName("what is there is returned without waiting, also to an interrupted thread")
  void looksFirst() {
    Thread.currentThread().interrupt();

    Optional<String> outcome =
        Waiting.forAssertion(changes, ofSeconds(5), () -> Optional.of("there"));

    assertThat(outcome).contains("there");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("a zero time only looks")
  void zeroOnlyLooks() {
    AtomicInteger looks = new AtomicInteger();

    Optional<String> outcome =
        Waiting.forAssertion(
            changes,
            ZERO,
            () -> {
              looks.incrementAndGet();
              return Optional.empty();
            });

    assertThat(outcome).isEmpty();
    assertThat(looks).hasValue(1);
  }

  @Test
  @DisplayName("the condition sleeps until something changes: it looks as often as that")
  void doesNotPoll() {
    AtomicInteger looks = new AtomicInteger();

    Optional<String> outcome =
        Waiting.forAssertion(
            changes,
            ofMillis(300),
            () -> {
              looks.incrementAndGet();
              return Optional.empty();
            });

    assertThat(outcome).isEmpty();
    assertThat(looks).hasValue(3); // before the wait, when it begins, when the time is up
  }

  @Test
  @DisplayName("the look happens in the waiting thread")
  void sameThread() {
    AtomicReference<Thread> looker = new AtomicReference<>();
    AtomicBoolean arrived = new AtomicBoolean();
    CountDownLatch looked = new CountDownLatch(2);
    other.execute(
        () -> {
          awaitUninterrupted(looked);
          arrived.set(true);
          changes.signal();
        });

    Optional<String> outcome =
        Waiting.forAssertion(
            changes,
            ofSeconds(30),
            () -> {
              looker.set(Thread.currentThread());
              looked.countDown();
              return arrived.get() ? Optional.of("came") : Optional.empty();
            });

    assertThat(outcome).contains("came");
    assertThat(looker).hasValue(Thread.currentThread());
  }

  @Test
  @DisplayName("an interrupt ends the wait at once by an exception and leaves the flag set")
  void interrupt() {
    Thread waiting = Thread.currentThread();
    CountDownLatch looked = new CountDownLatch(2);
    other.execute(
        () -> {
          awaitUninterrupted(looked);
          waiting.interrupt();
        });

    assertThatExceptionOfType(Interruption.class)
        .isThrownBy(
            () ->
                Waiting.forAssertion(
                    changes,
                    ofSeconds(50),
                    () -> {
                      looked.countDown();
                      return Optional.empty();
                    }))
        .withNoCause();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("an interrupt ends the wait even where Awaitility is set to ignore exceptions")
  void interruptWithIgnoredExceptions() {
    Awaitility.ignoreExceptionsByDefault();
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(Interruption.class)
        .isThrownBy(() -> Waiting.forAssertion(changes, ofSeconds(50), Optional::empty));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("what the look throws comes out as it is, also where Awaitility ignores exceptions")
  void exceptions() {
    Awaitility.ignoreExceptionsByDefault();
    AtomicInteger looks = new AtomicInteger();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Waiting.forAssertion(
                    changes,
                    ofSeconds(50),
                    () -> {
                      if (looks.incrementAndGet() > 1) {
                        throw new IllegalArgumentException("second look");
                      }
                      return Optional.empty();
                    }))
        .withMessage("second look");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                Waiting.until(
                    changes,
                    Waiting.deadlineAfter(ofSeconds(50)),
                    () -> {
                      throw new AssertionError("from the look");
                    }))
        .withMessage("from the look");
  }

  @Test
  @DisplayName("other defaults of Awaitility do no harm")
  void otherDefaults() {
    Awaitility.setDefaultTimeout(ofMillis(1));
    Awaitility.setDefaultPollDelay(ofMillis(200));
    Awaitility.setDefaultPollInterval(ofMillis(200));

    assertThat(Waiting.forAssertion(changes, ofMillis(50), Optional::empty)).isEmpty();
  }

  @Test
  @DisplayName("the JVM's handler of uncaught exceptions is left alone during a wait")
  void uncaughtExceptionHandler() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    AtomicReference<Thread.UncaughtExceptionHandler> during = new AtomicReference<>();

    Waiting.forAssertion(
        changes,
        ofMillis(20),
        () -> {
          during.set(Thread.getDefaultUncaughtExceptionHandler());
          return Optional.empty();
        });

    assertThat(during.get()).isSameAs(before);
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
  }

  @Test
  @DisplayName("a time that has no end in nanoseconds is as good as long")
  void longTimes() {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    AtomicInteger looks = new AtomicInteger();

    assertThat(Waiting.deadlineAfter(forever) - System.nanoTime()).isPositive();
    assertThat(
            Waiting.forAssertion(
                changes,
                forever,
                () -> looks.incrementAndGet() > 1 ? Optional.of("came") : Optional.empty()))
        .contains("came");
  }

  @Test
  @DisplayName("a negative time is refused")
  void negativeTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Waiting.forAssertion(changes, ofMillis(-1), Optional::empty))
        .withMessage("a time to wait must not be negative but is PT-0.001S");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody looked");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
