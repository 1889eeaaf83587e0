package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, sends: parameters (rest-api 8.1, 9). */
class RestParametersConformanceTest {

  private static final String METADATA = "X-WebPubSub-Metadata-";

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void send(String path, String query) {
    assertThat(fixture.send(path, query, "x").status()).isEqualTo(202);
  }

  private String excluding(String... userIds) {
    StringBuilder query = new StringBuilder();
    for (String each : userIds) {
      query.append("&excluded=").append(fixture.connectionOf(each));
    }
    return query.toString();
  }

  // excluded

  @Test
  @DisplayName("R094 excluded may be repeated")
  void excludedRepeated() {
    WireClient first = fixture.raw("1");
    WireClient second = fixture.raw("2");
    WireClient third = fixture.raw("3");

    send("", excluding("1", "2"));

    first.expectOpen();
    second.expectOpen();
    third.expectText("x");
  }

  @Test
  @DisplayName("R095 a comma does not split excluded")
  void excludedWithComma() {
    WireClient first = fixture.raw("1");
    WireClient second = fixture.raw("2");

    send("", "&excluded=" + fixture.connectionOf("1") + "," + fixture.connectionOf("2"));

    first.expectText("x");
    second.expectText("x");
  }

  @Test
  @DisplayName("R096 excluded is not trimmed")
  void excludedWithBlank() {
    WireClient client = fixture.raw("1");

    send("", "&excluded=%20" + fixture.connectionOf("1"));

    client.expectText("x");
  }

  @Test
  @DisplayName("R097 an unknown id in excluded does no harm")
  void excludedUnknown() {
    WireClient client = fixture.raw("1");

    send("", "&excluded=unknown");

    client.expectText("x");
  }

  @Test
  @DisplayName("R098 the case of excluded matters")
  void excludedCase() {
    WireClient client = fixture.raw("1");

    // 32 hexadecimal digits without a letter do not happen
    send("", "&excluded=" + fixture.connectionOf("1").toUpperCase(Locale.ROOT));

    client.expectText("x");
  }

  @Test
  @DisplayName("R099 excluded works for groups")
  void excludedFromGroup() {
    WireClient first = fixture.raw("1", "room");
    WireClient second = fixture.raw("2", "room");

    send("/groups/room", excluding("1"));

    first.expectOpen();
    second.expectText("x");
  }

  // messageTtlSeconds

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0", "1", "300"})
  @DisplayName("R100 messageTtlSeconds is 0 to 300")
  void timeToLive(String seconds) {
    send("", "&messageTtlSeconds=" + seconds);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"-1", "301", "abc", "1.5"})
  @DisplayName("R101 any other messageTtlSeconds is answered 400 and delivers nothing")
  void invalidTimeToLive(String seconds) {
    WireClient client = fixture.raw("u", "g");

    for (String path : new String[] {"", "/users/u", "/groups/g", "/connections/c"}) {
      assertBadRequest(fixture.send(path, "&messageTtlSeconds=" + seconds, "x"));
    }
    client.expectOpen();
  }

  // filter

  @Test
  @DisplayName("R102 a filter chooses among all connections")
  void filterAll() {
    WireClient first = fixture.raw("u1");
    WireClient second = fixture.raw("u2");

    send("", "&filter=userId%20eq%20'u1'");

    first.expectText("x");
    second.expectOpen();
  }

  @Test
  @DisplayName("R103 a filter chooses among the connections of a user")
  void filterUser() {
    WireClient member = fixture.raw("u", "g");
    WireClient other = fixture.raw("u");
    WireClient otherUser = fixture.raw("v", "g");

    send("/users/u", "&filter='g'%20in%20groups");

    member.expectText("x");
    other.expectOpen();
    otherUser.expectOpen();
  }

  @Test
  @DisplayName("R104 an empty filter is none")
  void emptyFilter() {
    WireClient first = fixture.raw("1");
    WireClient second = fixture.raw("2");

    send("", "&filter=");

    first.expectText("x");
    second.expectText("x");
  }

  @Test
  @DisplayName("R105 a filter of one blank is answered 400 and delivers nothing")
  void blankFilter() {
    WireClient client = fixture.raw("u", "g");

    for (String path : new String[] {"", "/users/u", "/groups/g"}) {
      assertBadRequest(fixture.send(path, "&filter=%20", "x"));
    }
    client.expectOpen();
  }

  @Test
  @DisplayName("R106 what is no filter is answered 400 with the position of the mistake")
  void invalidFilter() {
    WireClient client = fixture.raw("u", "g");

    HttpAnswer answer = fixture.send("", "&filter=invalid%20filter", "x");

    assertBadRequest(answer);
    assertThat(WireJsonClient.tree(answer.text()).path("message").asText())
        .isEqualTo(
            "Invalid syntax for 'invalid filter': Syntax error at position 14 in 'invalid filter'."
                + " (Parameter 'filter')");
    client.expectOpen();
  }

  // metadata

  @Test
  @DisplayName("R107 a metadata header arrives in the envelope, its key in lower case")
  void metadata() {
    assertMetadata(METADATA + "Region: east", "{'region':'east'}");
  }

  @Test
  @DisplayName("R108 a raw client gets no metadata")
  void metadataToRaw() {
    WireClient client = fixture.raw();

    assertThat(fixture.send("", "", "x", METADATA + "Region: east").status()).isEqualTo(202);

    client.expectText("x");
  }

  @Test
  @DisplayName("R109 of a list the last value counts")
  void metadataList() {
    assertMetadata(METADATA + "Region: first, final", "{'region':'final'}");
  }

  @Test
  @DisplayName("R110 of two header lines the last counts")
  void metadataTwice() {
    assertMetadata(METADATA + "Region: a\r\n" + METADATA + "Region: b", "{'region':'b'}");
  }

  private void assertMetadata(String headerLines, String metadata) {
    WireJsonClient client = fixture.json("u");

    assertThat(fixture.send("", "", "x", headerLines).status()).isEqualTo(202);

    client.expect(
        json(
            "{'type':'message','from':'server','dataType':'text','data':'x','metadata':"
                + metadata
                + "}"));
  }

  @Test
  @DisplayName("R111 a metadata key has at most 256 characters")
  void longKey() {
    assertLimit(METADATA + "k".repeat(256) + ": v", METADATA + "k".repeat(257) + ": v");
  }

  @Test
  @DisplayName("R112 a metadata value has at most 1024 characters")
  void longValue() {
    assertLimit(METADATA + "k: " + "v".repeat(1024), METADATA + "k: " + "v".repeat(1025));
  }

  @Test
  @DisplayName("R114 metadata has at most 8192 characters in all")
  void longMetadata() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      lines.append(METADATA + i + ": " + "v".repeat(1024) + "\r\n");
    }
    String last = METADATA + "k: " + "v".repeat(8192 - 7 * 1025 - 1);

    assertLimit(lines + last, lines + last + "v");
  }

  private void assertLimit(String accepted, String refused) {
    WireClient client = fixture.raw();

    assertThat(fixture.send("", "", "x", accepted).status()).isEqualTo(202);
    client.expectText("x");
    assertBadRequest(fixture.send("", "", "x", refused));
    client.expectOpen();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"a b: x", "a(b: x", "k: \u00e9"})
  @DisplayName("R113 metadata with a foreign character is answered 400 and delivers nothing")
  void foreignCharacters(String keyAndValue) {
    WireClient client = fixture.raw();

    // a header name that HTTP itself forbids is refused before the API sees it: the status counts
    assertThat(fixture.send("", "", "x", METADATA + keyAndValue).status()).isEqualTo(400);

    client.expectOpen();
  }

  @Test
  @DisplayName("R115 without a metadata header there is no metadata property")
  void noMetadata() {
    WireJsonClient client = fixture.json("u");

    send("", "");

    client.expect(json("{'type':'message','from':'server','dataType':'text','data':'x'}"));
  }

  @Test
  @DisplayName("R240 a metadata header without a key is answered 400 and delivers nothing")
  void noKey() {
    WireClient client = fixture.raw();

    assertBadRequest(fixture.send("", "", "x", METADATA + ": x"));

    client.expectOpen();
  }
}
