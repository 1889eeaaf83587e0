package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON values in tests")
class JsonValueTest {

  /** Written by Jackson. */
  record Order(int id, List<String> items) {}

  private static JsonValue value(Object json) {
    return JsonValue.of(json, ObjectMapping.ofClassPath());
  }

  @Test
  @DisplayName("a String is JSON text and kept character for character")
  void stringIsText() {
    assertThat(value(" {\"b\":1.00, \"a\":1e2} ").text()).isEqualTo(" {\"b\":1.00, \"a\":1e2} ");
  }

  @Test
  @DisplayName("anything else is written by the mapper")
  void objects() {
    assertThat(value(Map.of("id", 42)).text()).isEqualTo("{\"id\":42}");
    assertThat(value(new Order(1, List.of("a"))).text()).isEqualTo("{\"id\":1,\"items\":[\"a\"]}");
    assertThat(value(List.of()).text()).isEqualTo("[]");
  }

  @Test
  @DisplayName("what Jackson cannot write is refused, with its version and the way out")
  void unwritable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> value(new Object()))
        .withMessageMatching(
            "(?s)Jackson 2[.][0-9.]+ cannot write this java.lang.Object as JSON: .*")
        .withMessageEndingWith(". Give the JSON as a String instead");
  }

  @Test
  @DisplayName("a String that is no JSON is refused, with the way out")
  void notJson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> value("hi"))
        .withMessageStartingWith("not JSON: hi (")
        .withMessageEndingWith(
            "). A String is taken as JSON text: to send or expect it as a JSON string, quote it as"
                + " \"\\\"text\\\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{}x", "1 2", "'a'", "{a:1}", "[1,]", "NaN", "\"\\x\""})
  @DisplayName("is no JSON:")
  void invalid(String text) {
    assertThat(JsonValue.ifValid(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> value(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1.0",
        "1 | 1e0",
        "100 | 1E2",
        "{\"a\":1,\"b\":[2]} | {\"b\":[2.0],\"a\":1}",
        "12345678901234567890.10 | 12345678901234567890.1",
        "null | null",
        "\"a\" | \"\\u0061\""
      })
  @DisplayName("are the same value:")
  void same(String one, String other) {
    assertThat(value(one).isSameAs(value(other))).isTrue();
    assertThat(Miss.ofJson(value(one), other)).contains(new Miss(1, "is the same"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 2",
        "1 | \"1\"",
        "[1,2] | [2,1]",
        "{} | []",
        "{\"a\":null} | {}",
        "12345678901234567890 | 12345678901234567891",
        "0.1 | 0.10000000000000001",
        "true | 1"
      })
  @DisplayName("are different values:")
  void different(String one, String other) {
    assertThat(value(one).isSameAs(value(other))).isFalse();
    assertThat(value(other).isSameAs(value(one))).isFalse();
  }
}
