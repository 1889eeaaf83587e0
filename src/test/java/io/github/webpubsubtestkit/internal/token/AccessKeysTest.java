package io.github.webpubsubtestkit.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessKeysTest {

  private static final String GOOD = "x".repeat(32);

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,but has 31",
        "'',but has 0",
        "xxxxxxxxxxxxxxxx;xxxxxxxxxxxxxxxxx,must not contain ';'",
        ";xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,must not contain ';'",
        "'xxxxxxxxxxxxxxxx\u0007xxxxxxxxxxxxxxxxx',control characters",
        "' xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',begin or end with a blank",
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ',begin or end with a blank"
      })
  @DisplayName("an unusable key is refused with the reason and without the key")
  void refused(String key, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessKeys.of(key, null))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("xxx"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessKeys.of(GOOD, key))
        .withMessageStartingWith("the secondary access key");
  }

  @Test
  @DisplayName("the length of a key is counted in UTF-8 bytes")
  void utf8Length() {
    assertThat(AccessKeys.of("é".repeat(16), null).primary()).hasSize(16);
  }

  @Test
  @DisplayName("random keys are good and differ")
  void randomKeys() {
    String first = AccessKeys.random().primary();

    assertThat(first).isNotEqualTo(AccessKeys.random().primary());
    assertThat(AccessKeys.of(first, null).secondary()).isNull();
  }

  @Test
  @DisplayName("keys do not show in text")
  void keysAreNotPrinted() {
    assertThat(AccessKeys.of(GOOD, GOOD)).hasToString("AccessKeys[***, ***]");
  }
}
