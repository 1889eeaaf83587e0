package io.github.webpubsubtestkit.internal.expect;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("How long the kit waits")
class WaitTimesTest {

  private final Map<String, String> parameters = new HashMap<>();

  @Test
  @DisplayName("is 5 seconds if nothing says otherwise")
  void defaultTimeout() {
    assertThat(new WaitTimes(null, parameters::get).usual()).hasToString("5 s");
  }

  @Test
  @DisplayName("comes from the nearest place: annotation, builder, parameter")
  void precedence() {
    parameters.put("webpubsub.test.timeout", "7s");
    WaitTimes plain = new WaitTimes(null, parameters::get);
    WaitTimes built = new WaitTimes(ofSeconds(8), parameters::get);

    assertThat(plain.usual().time()).isEqualTo(ofSeconds(7));
    assertThat(built.usual().time()).isEqualTo(ofSeconds(8));

    plain.configure(ofSeconds(9), parameters::get);
    built.configure(ofSeconds(9), parameters::get);

    assertThat(plain.usual().time()).isEqualTo(ofSeconds(9));
    assertThat(built.usual().time()).isEqualTo(ofSeconds(9));

    built.configure(null, parameters::get);

    assertThat(built.usual().time()).isEqualTo(ofSeconds(8));
  }

  @Test
  @DisplayName("is multiplied by the factor, wherever the time comes from, and says so")
  void factor() {
    parameters.put("webpubsub.test.timeout-factor", "1.5");
    WaitTimes times = new WaitTimes(ofSeconds(8), parameters::get);

    assertThat(times.usual().time()).isEqualTo(ofSeconds(12));
    assertThat(times.usual()).hasToString("12 s (8 s x factor 1.5)");
    assertThat(times.of(ofMillis(3)).time()).isEqualTo(Duration.ofNanos(4_500_000));
    assertThat(times.of(ofMillis(3))).hasToString("4.5 ms (3 ms x factor 1.5)");
    times.configure(ofSeconds(20), parameters::get);
    assertThat(times.usual()).hasToString("30 s (20 s x factor 1.5)");
  }

  @Test
  @DisplayName("stays zero with a factor: that checks once")
  void zero() {
    parameters.put("webpubsub.test.timeout-factor", "3");

    Timeout none = new WaitTimes(null, parameters::get).of(ZERO);

    assertThat(none.time()).isZero();
    assertThat(none.isZero()).isTrue();
    assertThat(none).hasToString("0 ms");
  }

  @Test
  @DisplayName("is bounded, whatever the factor")
  void longest() {
    parameters.put("webpubsub.test.timeout-factor", "1000");
    WaitTimes times = new WaitTimes(null, parameters::get);

    assertThat(times.of(ofSeconds(Long.MAX_VALUE)).time()).isEqualTo(ofDays(36_500));
    assertThat(times.of(ofDays(36_500)).deadlineNanos() - System.nanoTime()).isPositive();
  }

  @Test
  @DisplayName("for the end of threads is never less than the default")
  void stop() {
    assertThat(WaitTimes.fixed(ofMillis(1)).stop()).hasToString("5 s");
    assertThat(WaitTimes.fixed(ofMinutes(1)).stop()).hasToString("60 s");
  }

  @Test
  @DisplayName("is not negative")
  void negative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WaitTimes.fixed(ofSeconds(1)).of(ofSeconds(-1)))
        .withMessage("a time to wait must not be negative but is PT-1S");
  }

  @ParameterizedTest
  @CsvSource({
    "20s,PT20S",
    "500ms,PT0.5S",
    "2m,PT2M",
    "1h,PT1H",
    "2 s,PT2S",
    "PT3S,PT3S",
    "0.5s,PT0.5S"
  })
  @DisplayName("is written like 20s")
  void written(String text, Duration meant) {
    parameters.put("webpubsub.test.timeout", text);

    assertThat(new WaitTimes(null, parameters::get).usual().time()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "0s", "-1s", "soon", "99999999999999999999s"})
  @DisplayName("is refused if it is no duration, even if it is not the nearest")
  void badTimeout(String text) {
    parameters.put("webpubsub.test.timeout", text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WaitTimes(ofSeconds(1), parameters::get))
        .withMessage(
            "webpubsub.test.timeout must be a duration of more than 0, for example 20s, 500ms or"
                + " 2m, but is \""
                + text
                + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-2", "two", "NaN", "Infinity", "1e9", "2s"})
  @DisplayName("has no factor that is no number")
  void badFactor(String text) {
    parameters.put("webpubsub.test.timeout-factor", text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WaitTimes(null, parameters::get))
        .withMessage(
            "webpubsub.test.timeout-factor must be a number of more than 0, at most 1000, for"
                + " example 2 or 1.5, but is \""
                + text
                + "\"");
  }
}
