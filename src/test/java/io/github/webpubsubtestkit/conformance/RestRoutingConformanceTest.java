package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.VERSION;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertUnauthorized;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, version, routing and evaluation order (rest-api 3, 5). */
class RestRoutingConformanceTest {

  private static final String SEND = "/api/hubs/chat/:send";

  private RestFixture fixture;
  private WireClient client;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
    client = fixture.raw();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private HttpAnswer sendTo(String target) {
    return fixture.sendWith(fixture.authorization(target), target);
  }

  // versions

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"2021-10-01", "2022-11-01", "2023-07-01", "2024-01-01", "2024-12-01"})
  @DisplayName("R036 each version is accepted, and the answer names all five")
  void versions(String version) {
    HttpAnswer answer = sendTo(SEND + "?api-version=" + version);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("api-supported-versions"))
        .contains("2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01");
  }

  @Test
  @DisplayName("R037 without api-version the newest is meant")
  void noVersion() {
    assertThat(sendTo(SEND).status()).isEqualTo(202);
  }

  @Test
  @DisplayName("R038 an unknown api-version is answered 400 and delivers nothing")
  void unknownVersion() {
    HttpAnswer answer = sendTo(SEND + "?api-version=2099-01-01");

    assertBadRequest(answer);
    assertThat(answer.text()).contains("2024-12-01").contains("anyApiVersion");
    client.expectOpen();
  }

  @Test
  @DisplayName("R039 two versions joined by a comma are answered 400")
  void joinedVersions() {
    assertBadRequest(sendTo(SEND + "?api-version=2024-12-01,2023-07-01"));
  }

  @Test
  @DisplayName("R040 api-version given twice is answered 400")
  void repeatedVersion() {
    assertBadRequest(sendTo(SEND + VERSION + "&api-version=2024-12-01"));
  }

  @Test
  @DisplayName("R226 with anyApiVersion an unknown version is accepted and delivers")
  void anyVersion() {
    try (RestFixture any =
        RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.anyApiVersion(true)))) {
      WireClient receiver = any.raw();
      String target = SEND + "?api-version=2099-01-01";

      assertThat(any.sendWith(any.authorization(target), target).status()).isEqualTo(202);
      receiver.expectText("x");
    }
  }

  // routes

  @Test
  @DisplayName("R041 a known path with a wrong verb is answered 405")
  void wrongVerb() {
    assertThat(fixture.call("GET", "/:send").status()).isEqualTo(405);
  }

  @Test
  @DisplayName("R042 an unknown path is answered 404")
  void unknownPath() {
    assertThat(fixture.call("POST", "/nothing/here").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("R043 an operation of an old preview is answered 405, empty")
  void oldPreview() {
    fixture.raw("u", "g");

    HttpAnswer answer = fixture.call("HEAD", "/users/u/groups/g");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  @DisplayName("R044 of a missing token and an invalid parameter the token decides")
  void tokenBeforeParameters() {
    assertUnauthorized(fixture.sendWith("", SEND + "?messageTtlSeconds=abc"));
  }

  @Test
  @DisplayName("R045 health needs no token")
  void health() {
    HttpAnswer answer = fixture.callWith("", "HEAD", "/api/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("api-supported-versions")).isEmpty();
  }

  @Test
  @DisplayName("R046 health takes an api-version")
  void healthWithVersion() {
    assertThat(fixture.callWith("", "HEAD", "/api/health" + VERSION).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "1chat",
        "a-b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  @DisplayName("R047 an invalid hub name is answered 400, the code in body and header")
  void invalidHub(String hub) {
    assertBadRequest(
        sendTo("/api/hubs/" + hub.substring(0, Math.min(129, hub.length())) + "/:send"));
  }

  @Test
  @DisplayName("R048 the case of a hub name does not matter")
  void hubCase() {
    assertThat(sendTo("/api/hubs/CHAT/:send").status()).isEqualTo(202);
    client.expectText("x");
  }

  @Test
  @DisplayName("R049 a send reaches its hub only")
  void otherHub() {
    FakeFixture base = fixture.fixture();
    WireClient other =
        base.open(
            UpgradeRequest.to(
                "/client/hubs/other?access_token="
                    + base.signed(TestTokens.forClient(base.endpoint(), "other"))));

    assertThat(sendTo(SEND).status()).isEqualTo(202);

    client.expectText("x");
    other.expectOpen();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/connections//:send", "/groups//:send"})
  @DisplayName("R227 an empty segment is no route: 404, empty")
  void emptySegment(String path) {
    HttpAnswer answer = sendTo("/api/hubs/chat" + path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEmpty();
  }

  // HTTP

  @Test
  @DisplayName("R228 pipelined calls are answered in order, HEAD without a body")
  void pipelined() {
    String head = "/api/hubs/chat/groups/none" + VERSION;
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    requests.writeBytes(request("HEAD", head, fixture.authorization(head), ""));
    requests.writeBytes(request("HEAD", "/api/health", "", ""));
    requests.writeBytes(request("POST", SEND, fixture.authorization(SEND), "x"));
    try (WireSocket socket = WireSocket.connect(fixture.endpoint())) {
      socket.send(requests.toByteArray());

      assertThat(HttpAnswer.read(socket, "HEAD").status()).isEqualTo(404);
      assertThat(HttpAnswer.read(socket, "HEAD").status()).isEqualTo(200);
      assertThat(HttpAnswer.read(socket, "POST").status()).isEqualTo(202);
    }
  }

  private byte[] request(String method, String target, String headerLines, String body) {
    return RestDriver.request(
        fixture.endpoint(), method, target, headerLines, body.getBytes(UTF_8));
  }

  @Test
  @DisplayName("R229 a send with Upgrade: h2c is answered over HTTP/1.1 and delivered")
  void h2c() {
    HttpAnswer answer =
        fixture.send(
            "",
            "",
            "x",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA");

    assertThat(answer.status()).isEqualTo(202);
    client.expectText("x");
  }

  @Test
  @DisplayName("R230 Expect: 100-continue is answered before the body is sent")
  void expectContinue() {
    try (WireSocket socket = WireSocket.connect(fixture.endpoint())) {
      socket.send(
          fixture.sendHead(
              "Content-Type: text/plain", "Content-Length: 1", "Expect: 100-continue"));
      assertThat(HttpAnswer.read(socket, "POST").status()).isEqualTo(100);

      socket.send("x".getBytes(UTF_8));

      assertThat(HttpAnswer.read(socket, "POST").status()).isEqualTo(202);
      client.expectText("x");
    }
  }
}
