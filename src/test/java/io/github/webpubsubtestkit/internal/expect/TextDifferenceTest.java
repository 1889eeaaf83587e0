package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The difference of two texts")
class TextDifferenceTest {

  @Test
  @DisplayName("of short texts shows both whole")
  void shortTexts() {
    assertThat(difference("shipped", "packed"))
        .isEqualTo("expected \"shipped\" but was \"packed\"");
    assertThat(difference("", "x")).isEqualTo("expected \"\" but was \"x\"");
  }

  @Test
  @DisplayName("in case only, or in white space only, is said so")
  void caseAndWhiteSpace() {
    assertThat(difference("Hello", "hello"))
        .isEqualTo("differs only in upper and lower case: expected \"Hello\" but was \"hello\"");
    assertThat(difference("a b", "a  b"))
        .isEqualTo("differs only in white space: expected \"a b\" but was \"a  b\"");
    assertThat(difference("a\n", "a\r\n"))
        .isEqualTo("differs only in white space at its end: expected \"a\\n\" but was \"a\\r\\n\"");
  }

  @Test
  @DisplayName("that people cannot see names the character")
  void looksTheSame() {
    assertThat(difference("a b", "a\u00a0b"))
        .isEqualTo(
            "looks the same, but character 2 is U+00A0, not U+0020:"
                + " expected \"a b\" but was \"a\\u00a0b\"");
    assertThat(difference("\u00e9", "e\u0301"))
        .startsWith("looks the same, but character 1 is U+0065, not U+00E9: ");
    assertThat(difference("😀ab", "😀a\u200bb"))
        .startsWith("looks the same, but character 3 is U+200B, not U+0062: ");
    assertThat(difference("ab", "ab\ufe0f"))
        .startsWith("looks the same, but character 3 is not expected: U+FE0F: ");
    assertThat(difference("x\nab\u200e", "x\nab"))
        .startsWith("looks the same, but character 5 is missing: U+200E: line 2: ");
    assertThat(difference("e", "e\u0301")).startsWith("expected ");
    assertThat(Similarity.of("\u00e9", "e\u0301")).isEqualTo(0.97);
    assertThat(Miss.ofText("a b", "a\u00a0b").onlyStatesValues()).isFalse();
  }

  @Test
  @DisplayName("of texts with lines names the line")
  void lines() {
    assertThat(difference("a\nb\nc", "a\nx\nc")).isEqualTo("line 2: expected \"b\" but was \"x\"");
    assertThat(difference("a\nb", "a")).isEqualTo("line 2: expected \"b\" but it is missing");
    assertThat(difference("a", "a\nb")).isEqualTo("line 2: not expected but was \"b\"");
  }

  @Test
  @DisplayName("of long texts shows a window of each")
  void windows() {
    String begin = "0123456789".repeat(10);
    String end = "abcdefghij".repeat(10);

    assertThat(difference(begin + "X" + end, begin + "Y" + end))
        .isEqualTo(
            "expected \"…890123456789Xabcdefghijabcdefghijabc…\""
                + " but was \"…890123456789Yabcdefghijabcdefghijabc…\"");
  }

  @Test
  @DisplayName("splits no surrogate pair")
  void surrogates() {
    assertThat(difference("a😀", "a😁")).isEqualTo("expected \"a😀\" but was \"a😁\"");
    for (int before = 0; before < 3; before++) {
      String begin = "x".repeat(before) + "😀".repeat(40);
      assertThat(difference(begin + "a" + begin, begin + "b" + begin).codePoints())
          .noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
  }

  @Test
  @DisplayName("is small for texts that are near each other")
  void similarity() {
    assertThat(Similarity.of("room", "room")).isEqualTo(1);
    assertThat(Similarity.of("Room", "room")).isEqualTo(0.98);
    assertThat(Similarity.of(" room", "room\n")).isEqualTo(0.97);
    assertThat(Similarity.of("storm-alerts", "strom-alerts")).isGreaterThan(0.6);
    assertThat(Similarity.of("order 42 shipped", "order 41 shipped"))
        .isGreaterThan(Similarity.of("order 42 shipped", "order 42 packed"));
    assertThat(Similarity.of("alice", "zoo")).isZero();
    assertThat(Similarity.of("", "x")).isZero();
    assertThat(Similarity.of("x".repeat(5_000), "x".repeat(4_999) + "y"))
        .isCloseTo(0.95, within(0.01));
  }

  private static String difference(String expected, String actual) {
    return TextDifference.between(expected, actual).describe();
  }
}
