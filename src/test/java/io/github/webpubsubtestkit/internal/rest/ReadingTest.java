package io.github.webpubsubtestkit.internal.rest;

import static io.github.webpubsubtestkit.internal.rest.RestApiFixture.HUB;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How paths, queries, content types and bodies are read. */
class ReadingTest {

  private final RestApiFixture fixture = new RestApiFixture();

  @Test
  @DisplayName("a path is split before it is decoded, and an empty segment is none")
  void paths() {
    assertThat(PathSegments.of("/api/hubs/a%20b/c%2Fd", false))
        .containsExactly("api", "hubs", "a b", "c%2Fd");
    assertThat(PathSegments.of("/api/c%2Fd/%2f/", true)).containsExactly("api", "c/d", "/");
    assertThat(PathSegments.of("/api/", false)).containsExactly("api");
    for (String none : List.of("", "/", "//", "*", "/api//x", "//api", "/api//")) {
      assertThat(PathSegments.of(none, false)).as(none).isNull();
    }
  }

  @Test
  @DisplayName("a query is form-decoded, repeated names keep their order, case does not matter")
  void queries() {
    UrlQuery query = UrlQuery.parse("a=1+2&A=%2B%2F&b&&=x&c=d=e&%C3%BC=%zz");

    assertThat(query.all("a")).containsExactly("1 2", "+/");
    assertThat(query.first("b")).isNull();
    assertThat(query.all("b")).containsExactly("");
    assertThat(query.first("C")).isEqualTo("d=e");
    assertThat(query.first("ü")).isEqualTo("%zz");
    assertThat(query.all("d")).isEmpty();
    assertThat(query.toMap().keySet()).containsExactly("a", "A", "b", "", "c", "ü");
    assertThat(UrlQuery.parse("").toMap()).isEmpty();
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource({
    "text/plain, text/plain,",
    "' TEXT/Plain ', text/plain,",
    "text/plain;charset=UTF-8, text/plain, UTF-8",
    "text/plain ; Charset=\"utf-8\" ; x=y, text/plain, utf-8",
    "text/plain; x=\"a;b\\\"c\", text/plain,",
    "text/plain;, text/plain,"
  })
  @DisplayName("content types that can be read")
  void mediaTypes(String value, String name, String charset) {
    assertThat(MediaType.parse(value)).isEqualTo(new MediaType(name, charset));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "text",
        "text/",
        "/plain",
        "text/plain charset=x",
        "text/plain; charset",
        "text/plain; charset=",
        "text/plain; charset=\"",
        "text/plain; charset=\"\"",
        "text/plain; =x",
        "text/plain, text/plain",
        "tex t/plain"
      })
  @DisplayName("content types that cannot be read are answered 415")
  void malformedMediaTypes(String value) {
    assertThat(MediaType.parse(value)).isNull();
    assertThat(send(value, "x".getBytes(UTF_8))).isEqualTo(415);
    assertThat(fixture.received).isEmpty();
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-1.50",
        "1e400",
        "true",
        "false",
        "null",
        " {\"a\" : [1, {}]} \n",
        "\"ü！\"",
        "\"\\ud83d\\ude00\"",
        "{\"a\":1,\"a\":2}"
      })
  @DisplayName("one JSON value, whatever it is, is passed on unchanged")
  void json(String json) {
    assertThat(send("application/json", json.getBytes(UTF_8))).isEqualTo(202);
    assertThat(lastPayload().string()).isEqualTo(json);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{} {}",
        "1 2",
        "1,",
        "nul",
        "truefalse",
        "{'a':1}",
        "{a:1}",
        "[1,]",
        "01",
        "+1",
        ".5",
        "NaN",
        "\"a",
        "\"\\q\"",
        "\"\t\"",
        "/* */ 1",
        "1 // x",
        "\uFEFF1",
        "}"
      })
  @DisplayName("what is not exactly one JSON value is answered 400")
  void noJson(String text) {
    assertThat(send("application/json", text.getBytes(UTF_8))).isEqualTo(400);
  }

  @Test
  @DisplayName("JSON in another encoding than it says, or in broken UTF-8, is no JSON")
  void jsonEncodings() {
    assertThat(send("application/json", "\"a\"".getBytes(StandardCharsets.UTF_16BE)))
        .isEqualTo(400);
    assertThat(send("application/json", "\"a\"".getBytes(StandardCharsets.UTF_16))).isEqualTo(400);
    assertThat(send("application/json", "\"é\"".getBytes(ISO_8859_1))).isEqualTo(400);
    assertThat(
            send("application/json", new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
        .isEqualTo(400);
    assertThat(send("application/json; charset=utf-16", "\"é\"".getBytes(StandardCharsets.UTF_16)))
        .isEqualTo(202);
    assertThat(lastPayload().string()).isEqualTo("\"é\"");
  }

  @Test
  @DisplayName("JSON may be long and wide, but not endlessly deep")
  void jsonLimits() {
    byte[] longNumber = "1".repeat(100_000).getBytes(UTF_8);
    byte[] longName = ("{\"" + "n".repeat(100_000) + "\":1}").getBytes(UTF_8);
    byte[] deep = ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(UTF_8);

    assertThat(send("application/json", longNumber)).isEqualTo(202);
    assertThat(send("application/json", longName)).isEqualTo(202);
    assertThat(send("application/json", deep)).isEqualTo(400);
  }

  @Test
  @DisplayName("text that is no UTF-8 gets replacement characters")
  void brokenText() {
    assertThat(send("text/plain", new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo(202);
    assertThat(lastPayload().string()).isEqualTo("a\uFFFDb");
  }

  @Test
  @DisplayName("a content length that is no number is answered 400")
  void contentLength() {
    fixture.client("u");

    assertThat(fixture.call("POST", HUB + "/:send", "Content-Length", "x").status()).isEqualTo(400);
    assertThat(fixture.call("POST", HUB + "/:send", "Content-Length", "1048577").status())
        .isEqualTo(400);
    assertThat(fixture.received).isEmpty();
  }

  private int send(String contentType, byte[] body) {
    return fixture
        .call(
            "POST",
            HUB + "/:send",
            body,
            "Content-Type",
            contentType,
            "Content-Length",
            String.valueOf(body.length))
        .status();
  }

  private Payload lastPayload() {
    Payload payload = fixture.lastOperation().payload();
    if (payload == null) {
      throw new AssertionError("the call brought no payload");
    }
    return payload;
  }
}
