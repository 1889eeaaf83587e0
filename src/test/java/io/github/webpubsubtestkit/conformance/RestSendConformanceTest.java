package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.RestFixture.chunked;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, sends: payload kinds and delivery (rest-api 8.1, 8.2). */
class RestSendConformanceTest {

  private static final byte[] BYTES = {1, 2, 3};

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static void assertAccepted(HttpAnswer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    assertThat(answer.text()).isEmpty();
  }

  // to a connection

  @Test
  @DisplayName("R062 text to a raw client is a text frame; 202 is empty")
  void textToRaw() {
    WireClient client = fixture.raw("u");

    assertAccepted(fixture.send("/connections/" + fixture.connectionOf("u"), "hello"));

    client.expectText("hello");
  }

  @Test
  @DisplayName("R063 text to a JSON client")
  void textToJson() {
    WireJsonClient client = fixture.json("u");

    assertAccepted(fixture.send("/connections/" + client.connectionId(), "hello"));

    client.expect(json("{'type':'message','from':'server','dataType':'text','data':'hello'}"));
  }

  @Test
  @DisplayName("R064 JSON to a JSON client is the value itself")
  void jsonToJson() {
    WireJsonClient client = fixture.json("u");

    assertAccepted(
        fixture.send(
            "/connections/" + client.connectionId(),
            "application/json",
            json("{'a': 1}").getBytes(UTF_8)));

    client.expect(json("{'type':'message','from':'server','dataType':'json','data':{'a': 1}}"));
  }

  @Test
  @DisplayName("R065 binary to a JSON client is base64")
  void binaryToJson() {
    WireJsonClient client = fixture.json("u");

    assertAccepted(
        fixture.send("/connections/" + client.connectionId(), "application/octet-stream", BYTES));

    client.expect(json("{'type':'message','from':'server','dataType':'binary','data':'AQID'}"));
  }

  @Test
  @DisplayName("R066 JSON to a raw client is a text frame, byte for byte")
  void jsonToRaw() {
    WireClient client = fixture.raw("u");

    assertAccepted(fixture.send("", "application/json", json("{'a': 1}").getBytes(UTF_8)));

    client.expectText(json("{'a': 1}"));
  }

  @Test
  @DisplayName("R067 binary to a raw client is a binary frame")
  void binaryToRaw() {
    WireClient client = fixture.raw("u");

    assertAccepted(fixture.send("", "application/octet-stream", BYTES));

    client.expectBinary(BYTES);
  }

  // to a group, to all, to a user

  @Test
  @DisplayName("R070 a group message from the server has no fromUserId")
  void groupToJson() {
    WireJsonClient client = fixture.json("u", "room");

    assertAccepted(fixture.send("/groups/room", "hello"));

    client.expect(
        json("{'type':'message','from':'group','group':'room','dataType':'text','data':'hello'}"));
  }

  @Test
  @DisplayName("R071 a group message to a raw client has no envelope")
  void groupToRaw() {
    WireClient client = fixture.raw("u", "room");

    assertAccepted(fixture.send("/groups/room", "hello"));

    client.expectText("hello");
  }

  @Test
  @DisplayName("R072 a client with a subprotocol of its own is a raw client")
  void customSubprotocol() {
    FakeFixture base = fixture.fixture();
    WireClient client = base.open(base.request(base.token()).offering("chat.v1"));

    assertAccepted(fixture.send("", "hello"));

    client.expectText("hello");
  }

  @Test
  @DisplayName("R073 a JSON string stays a JSON string")
  void jsonString() {
    WireJsonClient client = fixture.json("u");

    assertAccepted(fixture.send("/users/u", "application/json", json("'x'").getBytes(UTF_8)));

    client.expect(json("{'type':'message','from':'server','dataType':'json','data':'x'}"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"null", "true", "1.50", "[]"})
  @DisplayName("R074 any JSON value is passed on as it is written")
  void jsonValues(String value) {
    WireJsonClient client = fixture.json("u");

    assertAccepted(fixture.send("", "application/json", value.getBytes(UTF_8)));

    client.expect(
        json("{'type':'message','from':'server','dataType':'json','data':" + value + "}"));
  }

  // content types

  @Test
  @DisplayName("R075 without Content-Type a body is binary")
  void noContentType() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", null, "ab".getBytes(UTF_8)));

    client.expectBinary((byte) 0x61, (byte) 0x62);
  }

  @Test
  @DisplayName("R076 with an empty Content-Type, as Java sends it, a body is binary")
  void emptyContentType() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", "", "ab".getBytes(UTF_8)));

    client.expectBinary((byte) 0x61, (byte) 0x62);
  }

  @Test
  @DisplayName("R077 text in another charset arrives as UTF-8")
  void charset() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", "text/plain; charset=iso-8859-1", new byte[] {(byte) 0xE9}));

    client.expectText("é");
  }

  @Test
  @DisplayName("R078 the case of a content type does not matter")
  void contentTypeCase() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", "TEXT/PLAIN; charset=UTF-8", "hello".getBytes(UTF_8)));

    client.expectText("hello");
  }

  @ParameterizedTest(name = "{0} {1} is answered 415 and delivers nothing")
  @CsvSource({
    "R079, text/plain; charset=nope",
    "R080, text/plain; charset=\"",
    "R081, application/xml",
    "R081, text/html",
    "R081, image/png",
    "R082, application/x-protobuf"
  })
  void unsupported(String number, String contentType) {
    WireClient client = fixture.raw();

    HttpAnswer answer = fixture.send("", contentType, "x".getBytes(UTF_8));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.text()).isEmpty();
    client.expectOpen();
  }

  @ParameterizedTest(name = "{0} \"{1}\" is not one JSON value: 400, and nothing is delivered")
  @CsvSource({"R083, {", "R084, {} {}", "R085, ''"})
  void invalidJson(String number, String body) {
    WireClient client = fixture.raw();

    assertBadRequest(fixture.send("", "application/json", body.getBytes(UTF_8)));

    client.expectOpen();
  }

  // lengths

  @Test
  @DisplayName("R086 an empty text is a message")
  void emptyText() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", ""));

    client.expectText("");
  }

  @Test
  @DisplayName("R087 an empty binary body is a message")
  void emptyBinary() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", "application/octet-stream", new byte[0]));

    client.expectBinary();
  }

  @Test
  @DisplayName("R088 a chunked body is accepted, unless requireContentLength")
  void chunkedBody() {
    WireClient client = fixture.raw();
    byte[] body = chunked("ab".getBytes(UTF_8), "c".getBytes(UTF_8));
    String[] lines = {"Content-Type: text/plain", "Transfer-Encoding: chunked"};

    assertAccepted(fixture.exchange(fixture.sendHead(lines), body));

    client.expectText("abc");
    try (RestFixture strict =
        RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.requireContentLength(true)))) {
      WireClient receiver = strict.raw();
      assertBadRequest(strict.exchange(strict.sendHead(lines), body));
      receiver.expectOpen();
    }
  }

  @Test
  @DisplayName("R089 a body has at most 1,048,576 bytes")
  void largestBody() {
    WireClient client = fixture.raw();
    byte[] largest = new byte[1_048_576];

    assertAccepted(fixture.send("", "application/octet-stream", largest));
    client.expectBinary(largest);
    assertBadRequest(fixture.send("", "application/octet-stream", new byte[1_048_577]));
    client.expectOpen();
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"/connections/none", "/users/none", "/groups/none", ""})
  @DisplayName("R090 a send that reaches nobody is accepted")
  void nobody(String path) {
    assertAccepted(fixture.send(path, "hello"));
  }

  @Test
  @DisplayName("R091 each connection of a user receives once")
  void allConnectionsOfUser() {
    WireClient first = fixture.raw("u");
    WireClient second = fixture.raw("u");
    WireClient third = fixture.raw("u");

    assertAccepted(fixture.send("/users/u", "hello"));

    for (WireClient client : new WireClient[] {first, second, third}) {
      client.expectText("hello");
      client.expectOpen();
    }
  }

  @Test
  @DisplayName("R092 sends that follow each other arrive in that order")
  void order() {
    WireClient client = fixture.raw();

    assertAccepted(fixture.send("", "first"));
    assertAccepted(fixture.send("", "second"));

    client.expectText("first");
    client.expectText("second");
  }

  @Test
  @DisplayName("R237 a send with neither length nor chunks is answered 400 and delivers nothing")
  void noLength() {
    WireClient client = fixture.raw();

    assertBadRequest(fixture.exchange(fixture.sendHead("Content-Type: text/plain")));

    client.expectOpen();
  }

  @Test
  @DisplayName(
      "R238 a chunked body beyond the limit is answered 400, and the next call is answered")
  void chunkedBodyTooLarge() {
    WireClient client = fixture.raw();
    String[] lines = {"Content-Type: text/plain", "Transfer-Encoding: chunked"};

    assertBadRequest(
        fixture.exchange(fixture.sendHead(lines), chunked(new byte[1_048_576], new byte[] {'x'})));
    assertBadRequest(
        fixture.exchange(
            fixture.sendHead(lines), chunked(new byte[1_500_000], new byte[1_500_000])));

    client.expectOpen();
    assertAccepted(fixture.send("", "next"));
    client.expectText("next");
  }

  @Test
  @DisplayName("R239 an unknown transfer coding is answered 501")
  void unknownTransferCoding() {
    HttpAnswer answer =
        fixture.exchange(fixture.sendHead("Content-Type: text/plain", "Transfer-Encoding: gzip"));

    assertThat(answer.status()).isEqualTo(501);
  }
}
