package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The text of a failure")
class FailureTextTest {

  @Test
  @DisplayName("aligns labels and columns")
  void aligned() {
    String text =
        FailureText.of("alice", "expected a text message within 2 s")
            .fact("expected", "\"order 42 shipped\"")
            .arrivals(
                "received",
                "2 other messages",
                List.of(
                    arrival(
                        12, "\"order 42 packed\"", List.of("closest", "first"), "group a", "text"),
                    arrival(13_840, "{\"id\":42}", List.of(), "server", "json")))
            .state("connection open")
            .text();

    assertThat(text)
        .isEqualTo(
            """
            [alice] expected a text message within 2 s
              expected   "order 42 shipped"
              received   2 other messages
                +0.012 s   group a  text  "order 42 packed"     <- closest; first
                +13.840 s  server   json  {"id":42}
              connection open""");
  }

  @Test
  @DisplayName("leaves out columns that are empty in all lines")
  void emptyColumns() {
    assertThat(
            FailureText.of("a", "b")
                .arrivals("c", "d", List.of(arrival(0, "e", List.of(), "", "text")))
                .text())
        .isEqualTo(
            """
            [a] b
              c   d
                +0.000 s  text  e""");
  }

  @Test
  @DisplayName("keeps the first and the last lines and those that matter")
  void manyLines() {
    List<Arrival> arrivals =
        IntStream.range(0, 2_000)
            .mapToObj(i -> new Arrival(Duration.ZERO, List.of(), "m" + i, List.of(), i == 1_000))
            .toList();

    List<String> lines =
        FailureText.of("a", "b").arrivals("c", "d", arrivals).text().lines().toList();

    assertThat(lines).hasSize(2 + 25 + 1 + 1 + 1 + 25);
    assertThat(lines.subList(26, 31))
        .containsExactly(
            "    +0.000 s  m24",
            "    … 975 more …",
            "    +0.000 s  m1000",
            "    … 974 more …",
            "    +0.000 s  m1975");
    assertThat(lines.get(54)).isEqualTo("    +0.000 s  m1999");
  }

  @Test
  @DisplayName("masks tokens and keys")
  void masked() {
    assertThat(
            FailureText.of("a", "b")
                .fact("url", "ws://h/client/hubs/hub?access_token=abc&x=1")
                .state("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln")
                .text())
        .isEqualTo(
            """
            [a] b
              url   ws://h/client/hubs/hub?access_token=***&x=1
              ***""");
  }

  @Test
  @DisplayName("cuts long facts in the middle and gives their length")
  void longFact() {
    assertThat(FailureText.of("a", "b").fact("c", "x".repeat(5_000)).text())
        .isEqualTo(
            "[a] b\n  c   " + "x".repeat(1_000) + " … (5,000 characters) … " + "x".repeat(1_000));
  }

  @Test
  @DisplayName("shows control characters as escapes, in quotes and without")
  void escapes() {
    assertThat(FailureText.quote("a\n\r\t\0\u007f\u2028\""))
        .isEqualTo("\"a\\n\\r\\t\\u0000\\u007f\\u2028\"\"");
    assertThat(FailureText.content("{\n}")).isEqualTo("{\\n}");
    assertThat(FailureText.quotedContent("x".repeat(201)))
        .isEqualTo("\"" + "x".repeat(100) + " … (201 characters) … " + "x".repeat(100) + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PT2S, 2 s",
    "PT1.5S, 1.5 s",
    "PT0.5S, 500 ms",
    "PT0.001S, 1 ms",
    "PT0.00025S, 0.25 ms",
    "PT0S, 0 ms",
    "PT100S, 100 s",
    "PT1H, 3600 s"
  })
  @DisplayName("a time:")
  void times(Duration time, String shown) {
    assertThat(Times.describe(time)).isEqualTo(shown);
  }

  private static Arrival arrival(
      int millis, String content, List<String> notes, String... columns) {
    return new Arrival(Duration.ofMillis(millis), List.of(columns), content, notes, false);
  }
}
