package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The nearest miss")
class MissTest {

  @Test
  @DisplayName("of texts shows both, and how near they are")
  void text() {
    Miss miss = Miss.ofText("order 42 shipped", "order 42 packed");

    assertThat(miss.difference())
        .isEqualTo("expected \"order 42 shipped\" but was \"order 42 packed\"");
    assertThat(miss.closeness()).isEqualTo(0.95 * 11 / 16);
    assertThat(Miss.ofText("ab", "abc").difference()).isEqualTo("expected \"ab\" but was \"abc\"");
    assertThat(Miss.ofText("", "")).extracting(Miss::closeness).isEqualTo(1.0);
    assertThat(Miss.ofText("a", "b")).extracting(Miss::closeness).isEqualTo(0.0);
  }

  @Test
  @DisplayName("of texts says more than the two values where there is more to say")
  void statesValues() {
    assertThat(Miss.ofText("a", "b").onlyStatesValues()).isTrue();
    assertThat(Miss.ofText("a", "A").onlyStatesValues()).isFalse();
    assertThat(Miss.ofText("a\nb", "a\nc").onlyStatesValues()).isFalse();
    assertThat(Miss.ofText("x".repeat(100), "y".repeat(100)).onlyStatesValues()).isFalse();
  }

  @Test
  @DisplayName("of texts does not split a surrogate pair")
  void surrogates() {
    assertThat(Miss.ofText("a\uD83D\uDE00", "a\uD83D\uDE01").difference())
        .isEqualTo("expected \"a\uD83D\uDE00\" but was \"a\uD83D\uDE01\"");
  }

  @Test
  @DisplayName("of long texts shows the place")
  void longText() {
    String same = "x".repeat(3_000);

    assertThat(Miss.ofText(same + "a\nb", same).difference())
        .isEqualTo("line 1: expected \"…xxxxxxxxxxxxa\" but was \"…xxxxxxxxxxxx\"");
    assertThat(Miss.ofText("a", same).difference())
        .isEqualTo("expected \"a\" but was \"" + "x".repeat(24) + "…\"");
  }

  @Test
  @DisplayName("of bytes is named by the first byte that differs, from 0 on")
  void bytes() {
    assertThat(Miss.ofBytes(new byte[] {1, 2}, new byte[] {1, 3, 4}))
        .isEqualTo(new Miss(1.0 / 3, "byte 1: expected 02 but was 03"));
    assertThat(Miss.ofBytes(new byte[] {1}, new byte[] {1, 3}).difference())
        .isEqualTo("byte 1: expected no further byte but was 03");
    assertThat(Miss.ofBytes(new byte[] {}, new byte[] {}).closeness()).isEqualTo(1.0);
  }

  @Test
  @DisplayName("of JSON lists five differences, and counts the others")
  void manyDifferences() {
    JsonValue expected = JsonValue.ifValid("{\"v\":[1,2,3,4,5,6,7]}").orElseThrow();

    Miss miss = Miss.ofJson(expected, "{\"v\":[0,0,0,0,0,0,0]}").orElseThrow();

    assertThat(miss.differences())
        .containsExactly(
            "$.v[0]: expected 1 but was 0",
            "$.v[1]: expected 2 but was 0",
            "$.v[2]: expected 3 but was 0",
            "$.v[3]: expected 4 but was 0",
            "$.v[4]: expected 5 but was 0",
            "and 2 more differences");
  }

  @Test
  @DisplayName("of JSON is named by path, and counts the others")
  void json() {
    assertThat(json("{\"items\":[1,2,{\"id\":42}]}", "{\"items\":[1,2,{\"id\":43}]}"))
        .isEqualTo("$.items[2].id: expected 42 but was 43");
    assertThat(json("{\"a\":1,\"b\":2}", "{\"a\":2}"))
        .isEqualTo("$.a: expected 1 but was 2 (and 1 more difference)");
    assertThat(json("{\"b\":2}", "{}")).isEqualTo("$.b: expected 2 but is missing");
    assertThat(json("{}", "{\"a key\":null}")).isEqualTo("$['a key']: not expected but was null");
    assertThat(json("[1]", "[1,2]")).isEqualTo("$[1]: not expected but was 2");
    assertThat(json("\"1\"", "1")).isEqualTo("$: expected \"1\" but was 1");
    assertThat(json("{\"a\":{}}", "{\"a\":[]}")).isEqualTo("$.a: expected {} but was []");
    assertThat(json("[1,2,3]", "[3,2,1,0]"))
        .isEqualTo("$[0]: expected 1 but was 3 (and 2 more differences)");
    assertThat(Miss.ofJson(JsonValue.of("1", ObjectMapping.ofClassPath()), "no JSON")).isEmpty();
  }

  @Test
  @DisplayName("of JSON is the closer the more values are the same")
  void closenessOfJson() {
    assertThat(closeness("{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":3}")).isEqualTo(0.5);
    assertThat(closeness("{\"a\":1}", "{\"a\":1.0}")).isEqualTo(1);
    assertThat(closeness("{}", "{}")).isEqualTo(1);
    assertThat(closeness("1", "2")).isEqualTo(0);
  }

  private static String json(String expected, String actual) {
    return Miss.ofJson(JsonValue.of(expected, ObjectMapping.ofClassPath()), actual)
        .orElseThrow()
        .difference();
  }

  private static double closeness(String expected, String actual) {
    return Miss.ofJson(JsonValue.of(expected, ObjectMapping.ofClassPath()), actual)
        .orElseThrow()
        .closeness();
  }
}
