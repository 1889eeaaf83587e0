package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.time.MovableTimers;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The clock of one fake. It shows the real time until a test moves or stops it, so that tests of
 * long periods take milliseconds.
 *
 * <pre>{@code
 * String url = service.clientUrl(asUser("alice").expiresIn(ofMinutes(5))).toString();
 *
 * service.clock().advanceBy(ofMinutes(11));     // 5 minutes of clock skew are allowed
 *
 * assertThatExceptionOfType(HandshakeRejectedException.class)
 *     .isThrownBy(() -> service.connect(URI.create(url)));
 * }</pre>
 *
 * <p>It drives everything that the fake does by time: whether tokens are valid and how long those
 * live that the fake makes, the {@code Date} of answers, keep-alive pings and the end of a client
 * that does not answer them, the wait for a client's close frame, the wait for the rest of a slow
 * request, and how long a lost connection can be recovered and messages for it are kept. It does
 * not drive the deadlines of assertions, the time-outs of the kit's clients, the times in the
 * timeline, nor anything outside of the fake. So a token that the application makes itself still
 * begins at the real time; the application can be given this clock, which is an {@link
 * InstantSource}. For REST calls the token may be valid by either of the two times: the official
 * SDKs, which know the real one only, can call three days later. Clients' tokens follow this clock
 * alone. A refusal names the clock that judged.
 *
 * <p>Each fake has its own clock. All methods may be called from any thread.
 *
 * @since 0.1
 */
public final class TestClock implements InstantSource {

  private final Supplier<Engine> engine;

  TestClock(Supplier<Engine> engine) {
    this.engine = engine;
  }

  private MovableTimers timers() {
    return engine.get().timers();
  }

  private Timeline timeline() {
    return engine.get().timeline();
  }

  /**
   * Returns the current time of the fake.
   *
   * @return the instant, never before one returned earlier, unless the system clock is set back or
   *     the service is {@linkplain FakeWebPubSub#reset() reset}
   * @since 0.1
   */
  @Override
  public Instant instant() {
    return timers().instant();
  }

  /**
   * Moves the time forward. When the method returns, everything that became due has been done, in
   * order, including its consequences within that period: {@code advanceBy(ofMinutes(1))} with
   * pings every 20 seconds sends three of them.
   *
   * <p>Where the service allows a client some time, for example to answer a ping, the client still
   * gets a moment of real time: the method waits up to a second for each missing answer, and not at
   * all if none is missing. A clock that is not frozen runs on afterwards.
   *
   * <pre>{@code
   * FakeWebPubSub service =
   *     FakeWebPubSub.builder().clients(c -> c.keepAliveInterval(ofSeconds(20))).build();
   * app.start();                                  // connects alice, and a device that hangs
   * service.clock().advanceBy(ofMinutes(5));
   * assertThat(service).hasUser("alice");         // passes: her client has answered 15 pings
   * assertThat(service).hasUser("frozen device"); // fails: it was cut off after 40 s
   * }</pre>
   *
   * @param by the duration, not negative; zero does what is due now
   * @throws IllegalArgumentException if {@code by} is negative, or all moves together exceed 292
   *     years
   * @throws IllegalStateException if the fake is closed or overloaded, or if the calling thread is
   *     interrupted
   * @since 0.1
   */
  public void advanceBy(Duration by) {
    notNull(by, "advanceBy", "by");
    if (!by.isNegative()) {
      timeline().record("clock", Direction.NOTE, "moved by " + Times.describe(by));
    }
    timers().advanceBy(by);
  }

  /**
   * Moves the time forward to an instant; the same as {@link #advanceBy} with the remaining
   * duration.
   *
   * @param instant not in the past of this clock
   * @throws IllegalArgumentException if the instant is in the past of this clock, or more than 292
   *     years away
   * @throws IllegalStateException as for {@link #advanceBy}
   * @since 0.1
   */
  public void advanceTo(Instant instant) {
    notNull(instant, "advanceTo", "instant");
    Instant now = instant();
    if (instant.isBefore(now)) {
      throw new IllegalArgumentException(
          "the clock can only move forward: it is " + now + " already, " + instant + " is past");
    }
    advanceBy(Duration.between(now, instant));
  }

  /**
   * Stops the time: from now on only {@link #advanceBy} and {@link #advanceTo} move it. Has no
   * effect if it is already stopped.
   *
   * @since 0.1
   */
  public void freeze() {
    timeline().record("clock", Direction.NOTE, "frozen");
    timers().freeze();
  }

  /**
   * Resumes the time from the current instant. Has no effect if it is already running.
   *
   * @since 0.1
   */
  public void resume() {
    timeline().record("clock", Direction.NOTE, "runs on");
    timers().resume();
  }

  /**
   * Returns whether the time is stopped.
   *
   * @return true from {@link #freeze()} to {@link #resume()}
   * @since 0.1
   */
  public boolean isFrozen() {
    return timers().isFrozen();
  }

  /** Returns the instant and whether the clock is stopped. */
  @Override
  public String toString() {
    return "TestClock[" + instant() + (isFrozen() ? ", frozen]" : "]");
  }
}
