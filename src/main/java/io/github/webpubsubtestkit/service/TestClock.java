package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.time.MovableTimers;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of one fake. It is the real one until a test moves or stops it, so that what takes
 * minutes on Azure is tested in a millisecond.
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
 * InstantSource}.
 *
 * <p>Each fake has a clock of its own. All methods may be called from any thread.
 *
 * @since 0.1
 */
public final class TestClock implements InstantSource {

  private final MovableTimers timers;
  private final Timeline timeline;

  TestClock(MovableTimers timers, Timeline timeline) {
    this.timers = timers;
    this.timeline = timeline;
  }

  /**
   * What time it is for the fake.
   *
   * @return the instant, never before one that was returned earlier, unless the machine's own clock
   *     is set back
   * @since 0.1
   */
  @Override
  public Instant instant() {
    return timers.instant();
  }

  /**
   * Moves the time forward. All that becomes due by that has been done when the method returns, in
   * the order of its times, and with it whatever that brought about within the time that passes:
   * {@code advanceBy(ofMinutes(1))} with pings every 20 seconds sends three of them.
   *
   * <p>Whoever is given some time by the service, a client to answer a ping for example, still gets
   * a moment of real time to do so: the method waits up to a second for each such answer that is
   * missing, and not at all if none is. A clock that is not frozen runs on afterwards.
   *
   * <pre>{@code
   * FakeWebPubSub service = FakeWebPubSub.builder().keepAliveInterval(ofSeconds(20)).build();
   * ...
   * service.clock().advanceBy(ofMinutes(5));
   * assertThat(service).hasUser("alice");         // passes: her client has answered 15 pings
   * assertThat(service).hasUser("frozen device"); // fails: it was cut off after 40 s
   * }</pre>
   *
   * @param by how far, not negative; zero does what is due now
   * @throws IllegalArgumentException if {@code by} is negative, or all moves together make more
   *     than 292 years
   * @throws IllegalStateException if the fake is closed or overloaded, or if the calling thread is
   *     interrupted
   * @since 0.1
   */
  public void advanceBy(Duration by) {
    if (!by.isNegative()) {
      timeline.record("clock", Direction.NOTE, "moved by " + Times.describe(by));
    }
    timers.advanceBy(by);
  }

  /**
   * Moves the time forward to an instant; the same as {@link #advanceBy} with what is left until
   * then.
   *
   * @param instant not in the past of this clock
   * @throws IllegalArgumentException if the instant is in the past of this clock, or more than 292
   *     years away
   * @throws IllegalStateException as {@link #advanceBy} says
   * @since 0.1
   */
  public void advanceTo(Instant instant) {
    Instant now = instant();
    if (instant.isBefore(now)) {
      throw new IllegalArgumentException(
          "the clock goes forward only: it is " + now + " already, " + instant + " is past");
    }
    advanceBy(Duration.between(now, instant));
  }

  /**
   * Stops the time: from now on only {@link #advanceBy} and {@link #advanceTo} move it. Without
   * effect if it stands already.
   *
   * @since 0.1
   */
  public void freeze() {
    timeline.record("clock", Direction.NOTE, "frozen");
    timers.freeze();
  }

  /**
   * Lets the time run on from where it stands. Without effect if it runs already.
   *
   * @since 0.1
   */
  public void resume() {
    timeline.record("clock", Direction.NOTE, "runs on");
    timers.resume();
  }

  /**
   * Returns whether the time stands.
   *
   * @return true from {@link #freeze()} to {@link #resume()}
   * @since 0.1
   */
  public boolean isFrozen() {
    return timers.isFrozen();
  }

  /** The instant, and whether the clock stands. */
  @Override
  public String toString() {
    return "TestClock[" + instant() + (isFrozen() ? ", frozen]" : "]");
  }
}
