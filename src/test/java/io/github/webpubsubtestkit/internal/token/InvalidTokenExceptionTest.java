package io.github.webpubsubtestkit.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reason of a refusal, in a header of the answer")
class InvalidTokenExceptionTest {

  @Test
  @DisplayName("keeps printable ASCII, but no double quotes and backslashes")
  void isPrintable() {
    assertThat(description(" az~\"\\\u001f\u007fü")).isEqualTo(" az~'????");
  }

  @Test
  @DisplayName("is cut after 600 characters")
  void isCut() {
    assertThat(description("x".repeat(600))).isEqualTo("x".repeat(600));
    assertThat(description("x".repeat(10_000))).isEqualTo("x".repeat(600) + "...");
  }

  private static String description(String text) {
    return new InvalidTokenException(text).description();
  }
}
