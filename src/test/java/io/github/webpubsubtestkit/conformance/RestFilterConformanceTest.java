package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rest-api 15, filters (rest-api 10). */
class RestFilterConformanceTest {

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // the truth table

  @Test
  @DisplayName("R195 F01 to F08: equality")
  void equality() {
    assertRows("F01", "F08");
  }

  @Test
  @DisplayName("R196 F09 to F18: in, and groups")
  void inAndGroups() {
    assertRows("F09", "F18");
  }

  @Test
  @DisplayName("R197 F19 to F26: literals, not, length")
  void literals() {
    assertRows("F19", "F26");
  }

  @Test
  @DisplayName("R198 F27 to F37: functions of texts")
  void functions() {
    assertRows("F27", "F37");
  }

  @Test
  @DisplayName("R199 F38 to F43: substring and concat")
  void substringAndConcat() {
    assertRows("F38", "F43");
  }

  @Test
  @DisplayName("R200 F44 to F46: protocol")
  void protocol() {
    assertRows("F44", "F46");
  }

  @Test
  @DisplayName("R201 F47 and F48: precedence")
  void precedence() {
    assertRows("F47", "F48");
  }

  @Test
  @DisplayName("R202 F49 to F58: types, null, quotes")
  void types() {
    assertRows("F49", "F58");
  }

  /**
   * Connections A and B of rest-api 10.7, except that the service gives ids of its own: {@code c1}
   * and {@code c2} stand for them in the filter.
   */
  private void assertRows(String first, String last) {
    WireJsonClient a = fixture.json("user1", "g1", "g2");
    String idOfA = fixture.connectionOf("user1");
    WireClient b = fixture.raw();
    String idOfB =
        fixture.fixture().fake().connections(FakeFixture.HUB).stream()
            .map(connection -> connection.connectionId())
            .filter(id -> !id.equals(idOfA))
            .findFirst()
            .orElseThrow();
    List<String[]> rows =
        rows("filters.csv").stream()
            .filter(row -> row[0].compareTo(first) >= 0 && row[0].compareTo(last) <= 0)
            .toList();
    assertThat(rows)
        .hasSize(Integer.parseInt(last.substring(1)) - Integer.parseInt(first.substring(1)) + 1);

    for (String[] row : rows) {
      String filter = row[1].replace("'c1'", "'" + idOfA + "'").replace("'c2'", "'" + idOfB + "'");
      HttpAnswer answer = fixture.send("", "&filter=" + RestDriver.encoded(filter), row[0]);
      assertThat(answer.status()).as("%s %s: %s", row[0], filter, answer).isEqualTo(202);
      if (row[2].equals("T")) {
        a.expect(
            WireJsonClient.json(
                "{'type':'message','from':'server','dataType':'text','data':'" + row[0] + "'}"));
      } // what should not have come would be seen as the next message
      if (row[3].equals("T")) {
        b.expectText(row[0]);
      }
    }
    a.expectOpen();
    b.expectOpen();
  }

  // errors

  @Test
  @DisplayName("R203 F60 to F82 are answered 400 although nobody is connected")
  void errors() {
    List<String[]> rows = rows("filter-errors.csv");
    assertThat(rows).hasSize(23);

    for (String[] row : rows) {
      String filter = row[1].replace("\"", "");
      for (String path : List.of("", "/users/u", "/groups/g")) {
        HttpAnswer answer = fixture.send(path, "&filter=" + RestDriver.encoded(filter), "x");
        assertBadRequest(answer);
        assertThat(message(answer)).as(row[0]).startsWith("Invalid syntax for '");
      }
    }
  }

  @Test
  @DisplayName("R204 a wrong type is named with the smallest part that has it")
  void notNumber() {
    WireClient client = fixture.raw("user1", "g1", "g2");

    HttpAnswer answer = fixture.send("", "&filter=not%20length(userId)%20gt%205", "x");

    assertBadRequest(answer);
    assertThat(message(answer))
        .isEqualTo(
            "Invalid syntax for 'not length(userId)': Type 'null', expect 'bool'. (Parameter"
                + " 'filter')");
    client.expectOpen();
  }

  @Test
  @DisplayName("R205 a text is not compared with a number")
  void textAndNumber() {
    WireClient client = fixture.raw("user1", "g1", "g2");

    HttpAnswer answer = fixture.send("", "&filter=userId%20lt%201", "x");

    assertBadRequest(answer);
    assertThat(message(answer))
        .isEqualTo(
            "Invalid syntax for 'userId lt 1': Type 'string', expect 'int'. (Parameter 'filter')");
    client.expectOpen();
  }

  @Test
  @DisplayName("R206 too many parentheses are answered 400, however many they are")
  void nesting() {
    WireClient client = fixture.raw();

    assertBadRequest(
        fixture.send("", "&filter=" + "(".repeat(101) + "true" + ")".repeat(101), "x"));
    assertBadRequest(fixture.send("", "&filter=" + "(".repeat(10_000), "x"));
    assertThat(
            fixture
                .send("", "&filter=" + "(".repeat(100) + "true" + ")".repeat(100), "deep")
                .status())
        .isEqualTo(202);

    client.expectText("deep");
  }

  @Test
  @DisplayName("R207 a plus in the query is a blank")
  void plus() {
    WireClient client = fixture.raw("user1");

    assertThat(fixture.send("", "&filter=userId+eq+'user1'", "x").status()).isEqualTo(202);

    client.expectText("x");
  }

  private static String message(HttpAnswer answer) {
    return WireJsonClient.tree(answer.text()).path("message").asText();
  }

  /** The rows of a table of rest-api 10.7. */
  private static List<String[]> rows(String file) {
    try (InputStream in = RestFilterConformanceTest.class.getResourceAsStream("/" + file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(in, file), UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
