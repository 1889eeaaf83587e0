package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first line of a failure")
class HeadlineTest {

  @Test
  @DisplayName("stays as it is up to 120 characters")
  void whole() {
    String value = "x".repeat(120 - "[alice] expected ".length());

    Headline headline = Headline.of("expected ").value(value);

    assertThat(headline.line("alice")).isEqualTo("[alice] expected " + value).hasSize(120);
    assertThat(headline.isShortened("alice")).isFalse();
  }

  @Test
  @DisplayName("shortens its values alike, not its words")
  void shortened() {
    Headline headline =
        Headline.of("expected text ")
            .quoted("a".repeat(200))
            .words(" within 5 s but received ")
            .quoted("b".repeat(200));

    assertThat(headline.line("alice"))
        .hasSizeLessThanOrEqualTo(120)
        .isEqualTo(
            "[alice] expected text \""
                + "a".repeat(33)
                + "…\" within 5 s but received \""
                + "b".repeat(33)
                + "…\"");
    assertThat(headline.isShortened("alice")).isTrue();
  }

  @Test
  @DisplayName("shows where two long values that begin alike differ")
  void alike() {
    String begin = "order ".repeat(50);

    String line =
        Headline.of("expected ")
            .quoted(begin + "shipped on Monday")
            .words(" but was ")
            .quoted(begin + "packed on Monday")
            .line("alice");

    assertThat(line)
        .isEqualTo(
            "[alice] expected \"…er order order order order shipped on Monday\""
                + " but was \"…der order order order order packed on Monday\"");
  }

  @Test
  @DisplayName("shortens what tells most only where all else is not enough")
  void telling() {
    Headline headline =
        Headline.of("expected JSON ")
            .value("{\"id\":42,\"state\":\"" + "x".repeat(100) + "\"}")
            .words(" within 5 s but the nearest of 3 messages differs: ")
            .telling("$.id: expected 42 but was 41");

    assertThat(headline.line("alice"))
        .startsWith("[alice] expected JSON {\"id\":42,")
        .endsWith(
            "… within 5 s but the nearest of 3 messages differs: $.id: expected 42 but was 41")
        .hasSizeLessThanOrEqualTo(120);
  }

  @Test
  @DisplayName("leaves a fair part of each where what tells most is long itself")
  void fair() {
    String line =
        Headline.of("expected ")
            .value("sendToGroup(\"room\") with text")
            .words(" within 5 s; nearest: ")
            .telling("y".repeat(200))
            .line("service");

    assertThat(line)
        .hasSize(120)
        .startsWith("[service] expected sendToGroup(\"ro… within 5 s; nearest: yyyy")
        .endsWith("y…");
  }

  @Test
  @DisplayName("masks secrets before it cuts them, so that no part of one is left")
  void secrets() {
    String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9." + "s".repeat(43);

    String line =
        Headline.of("expected text ").quoted("a".repeat(60) + token + "b".repeat(60)).line("alice");

    assertThat(line).hasSizeLessThanOrEqualTo(120).doesNotContain("eyJ").doesNotContain("sss");
  }

  @Test
  @DisplayName("cuts the name of a party, and words as a last resort")
  void longParty() {
    assertThat(Headline.of("expected x").line("p".repeat(60)))
        .isEqualTo("[" + "p".repeat(40) + "…] expected x");
    assertThat(Headline.of("w".repeat(200)).line("alice")).hasSize(120).endsWith("w…");
  }

  @Test
  @DisplayName("escapes control characters and splits no surrogate pair")
  void characters() {
    assertThat(Headline.of("received ").quoted("a\nb").line("alice"))
        .isEqualTo("[alice] received \"a\\nb\"");
    for (int before = 0; before < 4; before++) {
      String line =
          Headline.of("received ").quoted("x".repeat(before) + "😀".repeat(100)).line("alice");
      assertThat(line.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
      assertThat(line).hasSizeLessThanOrEqualTo(120);
    }
  }
}
