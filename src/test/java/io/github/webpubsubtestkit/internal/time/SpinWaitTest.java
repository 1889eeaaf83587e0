package io.github.webpubsubtestkit.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A spin before a thread sleeps")
class SpinWaitTest {

  private static final long LENGTH = 50_000;
  private static final long LATE = 2_000_000;

  private final BusyProcessors busy = new BusyProcessors();
  private long now = Long.MAX_VALUE - 10_000_000; // a clock that overflows meanwhile

  @Test
  @DisplayName("goes on until its time is over")
  void ends() {
    SpinWait spin = spin();

    assertThat(spin.permits(now + 1)).isTrue();
    assertThat(spin.permits(now + LENGTH - 1)).isTrue();
    assertThat(spin.permits(now + LENGTH)).isFalse();
    assertThat(begins()).isTrue();
  }

  @Test
  @DisplayName("ends when others had the processor, and is left out for 10 ms")
  void isLeftOut() {
    loseTheProcessor();

    assertThat(begins()).isFalse();
    expectLeftOutFor(10);
  }

  @Test
  @DisplayName("is left out for twice as long each time, up to a second")
  void isLeftOutLonger() {
    for (int pause = 10; pause < 1000; pause *= 2) {
      loseTheProcessor();
      expectLeftOutFor(pause);
    }
    loseTheProcessor();
    expectLeftOutFor(1000);
  }

  @Test
  @DisplayName("is left out for 10 ms again once it went well for as long as it was left out")
  void forgets() {
    loseTheProcessor();
    pass(Duration.ofMillis(10));
    loseTheProcessor();
    pass(Duration.ofMillis(20 + 40));
    assertThat(begins()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(begins()).isTrue();

    loseTheProcessor();
    pass(Duration.ofMillis(10));
    assertThat(begins()).isTrue();
  }

  private SpinWait spin() {
    return new SpinWait(busy, now, LENGTH);
  }

  private boolean begins() {
    return spin().permits(now);
  }

  private void loseTheProcessor() {
    SpinWait spin = spin();
    now += LATE;
    assertThat(spin.permits(now)).isFalse();
  }

  private void expectLeftOutFor(int millis) {
    pass(Duration.ofMillis(millis - 1));
    assertThat(begins()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(begins()).isTrue();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
