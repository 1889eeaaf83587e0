package io.github.webpubsubtestkit.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Which events a handler takes")
class EventPatternTest {

  @Test
  void allOfThem() {
    EventPattern pattern = EventPattern.parse(" * ");

    assertThat(pattern.matches("a.b.c")).isTrue();
    assertThat(pattern.matches("connected")).isTrue();
    assertThat(pattern).hasToString("*");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void noneOfThem(String nothing) {
    assertThat(EventPattern.parse(nothing).matches("a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {"a, b ,c~b~true", "a, b ,c~d~false", "Chat~cHAT~true", "a.b~a~false"})
  void thoseOfAName(String pattern, String event, boolean taken) {
    assertThat(EventPattern.parse(pattern).matches(event)).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"room.*", "a?", "a,*", "*,*", "\\*", "1a", "a,,b", "a,", ",", "**", "a b", "é"})
  void nothingThatIsNoPattern(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventPattern.parse(pattern))
        .withMessageStartingWith(
            "the user event pattern \""
                + pattern
                + "\" must be *, or names of events with commas between them");
  }

  @Test
  void systemEventsGoByTheirNames() {
    assertThat(SystemEvent.of("Connected")).isEqualTo(SystemEvent.CONNECTED);
    assertThat(SystemEvent.DISCONNECTED.eventName()).isEqualTo("disconnected");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SystemEvent.of("foo"))
        .withMessage(
            "there is no system event \"foo\"; there are connect, connected, disconnected");
  }
}
