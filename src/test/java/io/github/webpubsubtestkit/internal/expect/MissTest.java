package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The nearest miss")
class MissTest {

  @Test
  @DisplayName("of texts is named by the first character that differs")
  void text() {
    assertThat(Miss.ofText("order 42 shipped", "order 42 packed"))
        .isEqualTo(new Miss(9.0 / 16, "differs from character 9 on"));
    assertThat(Miss.ofText("ab", "abc"))
        .isEqualTo(new Miss(2.0 / 3, "differs from character 2 on"));
    assertThat(Miss.ofText("", "")).extracting(Miss::closeness).isEqualTo(1.0);
    assertThat(Miss.ofText("a", "b")).extracting(Miss::closeness).isEqualTo(0.0);
  }

  @Test
  @DisplayName("of texts does not split a surrogate pair")
  void surrogates() {
    assertThat(Miss.ofText("a\uD83D\uDE00", "a\uD83D\uDE01").difference())
        .isEqualTo("differs from character 1 on");
  }

  @Test
  @DisplayName("of long texts shows the place")
  void longText() {
    String same = "x".repeat(3_000);

    assertThat(Miss.ofText(same + "a\nb", same).difference())
        .isEqualTo("differs from character 3,000 on: expected …\"a\\nb\" but was …\"\"");
    assertThat(Miss.ofText("a", same).difference())
        .isEqualTo(
            "differs from character 0 on: expected \"a\" but was \"" + "x".repeat(24) + "\"…");
  }

  @Test
  @DisplayName("of bytes is named by the first byte that differs")
  void bytes() {
    assertThat(Miss.ofBytes(new byte[] {1, 2}, new byte[] {1, 3, 4}))
        .isEqualTo(new Miss(1.0 / 3, "differs from byte 1 on"));
    assertThat(Miss.ofBytes(new byte[] {}, new byte[] {}).closeness()).isEqualTo(1.0);
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
    assertThat(json("[1]", "[1,2]")).isEqualTo("$: expected 1 element but has 2");
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
