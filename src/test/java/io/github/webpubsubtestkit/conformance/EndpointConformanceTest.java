package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.FakeFixture.requestWith;
import static io.github.webpubsubtestkit.conformance.RestDriver.ALL;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Client-protocols L.1, first half: paths and handshake checks (client-protocols A.1 to A.3).
 * Tokens are in {@link TokenConformanceTest}.
 */
class EndpointConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // client-protocols A.1, A.2: paths and where the token stands

  @Test
  @DisplayName(
      "C001 without a subprotocol the 101 names none, and a simple client gets no connected message")
  void rawHandshake() {
    WireClient client = fixture.raw(fixture.token());

    assertThat(client.subprotocol()).isEmpty();
    client.expectOpen();
  }

  @ParameterizedTest(name = "C002 {0} with the hub as query parameter leads into that hub")
  @ValueSource(strings = {"/client/", "/client"})
  void hubInQuery(String path) {
    WireClient client =
        fixture.open(
            UpgradeRequest.to(path + "?hub=chat&access_token=" + fixture.signed(fixture.token())));

    fixture.rest().sendText(ALL, "to the hub");

    client.expectText("to the hub");
  }

  @Test
  @DisplayName("C003 a plain GET of the client endpoint is answered 400 with an empty body")
  void plainGet() {
    WireSocket socket = fixture.socket();

    socket.send(
        RestDriver.request(
            fixture.endpoint(),
            "GET",
            "/client/hubs/chat?access_token=" + fixture.signed(fixture.token()),
            "",
            new byte[0]));

    assertRefused(HttpAnswer.read(socket, "GET"), 400);
  }

  @Test
  @DisplayName("C004 a blank hub is answered 400")
  void blankHub() {
    UpgradeRequest request =
        UpgradeRequest.to("/client/hubs/%20?access_token=" + fixture.signed(fixture.token()));

    assertRefused(fixture.refused(request), 400);
  }

  @Test
  @DisplayName("C005 a hub name outside the pattern is answered 400 even if the token is for it")
  void malformedHub() {
    String token = fixture.signed(TestTokens.forClient(fixture.endpoint(), "1bad"));

    assertRefused(
        fixture.refused(UpgradeRequest.to("/client/hubs/1bad?access_token=" + token)), 400);
  }

  @Test
  @DisplayName("C006 no token at all is answered 401 with an empty body")
  void noToken() {
    assertRefused(fixture.refused(UpgradeRequest.to("/client/hubs/chat")), 401);
  }

  @Test
  @DisplayName("C007 an empty access_token and no header is answered 401")
  void emptyToken() {
    assertRefused(fixture.refused(requestWith("")), 401);
  }

  @Test
  @DisplayName(
      "C008 the token may come in the Authorization header; scheme in any case, value trimmed")
  void tokenInHeader() {
    WireClient client =
        fixture.open(
            UpgradeRequest.to("/client/hubs/chat")
                .header("Authorization", "bearer  " + fixture.signed(fixture.token())));

    client.expectOpen();
  }

  @Test
  @DisplayName("C009 a bad token in the query is not rescued by a good header")
  void badQueryTokenWins() {
    UpgradeRequest request =
        requestWith(fixture.token().signedBy(OTHER_KEY))
            .header("Authorization", "Bearer " + fixture.signed(fixture.token()));

    assertRefused(fixture.refused(request), 401);
  }

  @Test
  @DisplayName("C010 an empty token in the query leaves the word to the header")
  void emptyQueryTokenYields() {
    fixture
        .open(requestWith("").header("Authorization", "Bearer " + fixture.signed(fixture.token())))
        .expectOpen();
  }

  @Test
  @DisplayName("C011 query names are matched in any case")
  void upperCaseParameter() {
    fixture
        .open(
            UpgradeRequest.to("/client/hubs/chat?ACCESS_TOKEN=" + fixture.signed(fixture.token())))
        .expectOpen();
  }

  @ParameterizedTest(name = "C012 access_token={0} is answered 401")
  @ValueSource(strings = {"garbage", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30", "..."})
  void malformedToken(String token) {
    assertRefused(fixture.refused(requestWith(token)), 401);
  }

  @Test
  @DisplayName(
      "C041 where anonymous clients are allowed, one without token has neither user nor roles")
  void anonymous() {
    try (FakeFixture open =
        FakeFixture.of(FakeWebPubSub.builder().tokens(tokens -> tokens.anonymousAllowed(true)))) {
      WireJsonClient client = open.openJson(UpgradeRequest.to("/client/hubs/chat").offering(JSON));

      assertThat(client.connected()).contains(json("'userId':null"));
      client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
      client.expectForbidden(1, "join", "g");
    }
  }

  @Test
  @DisplayName("C042 the MQTT endpoint is not there: 404")
  void mqtt() {
    UpgradeRequest request =
        UpgradeRequest.to("/clients/mqtt/hubs/chat?access_token=" + fixture.signed(fixture.token()))
            .offering("mqtt");

    assertThat(fixture.refused(request).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("C043 an offer of permessage-deflate is ignored")
  void noExtension() {
    WireJsonClient client =
        fixture.openJson(
            fixture
                .request(fixture.token())
                .offering(JSON)
                .header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));

    assertThat(client.wire().handshake().header("Sec-WebSocket-Extensions")).isEmpty();
    client
        .expectOpen(); // the driver refuses frames with reserved bits, which compression would set
  }

  @Test
  @DisplayName("C294 a kept-alive connection that served REST may become a WebSocket")
  void upgradeAfterRest() {
    WireSocket socket = fixture.socket();
    socket.send(health());
    assertThat(HttpAnswer.read(socket, "HEAD").status()).isEqualTo(200);

    UpgradeRequest request = fixture.request(fixture.token()).offering(JSON);
    socket.send(request.bytes(fixture.endpoint()));

    WireJsonClient.on(WireClient.upgraded(socket, request)).expectOpen();
  }

  @Test
  @DisplayName("C295 an upgrade to h2c is plain HTTP: 400 here, and the connection stays usable")
  void h2c() {
    WireSocket socket = fixture.socket();
    socket.send(
        RestDriver.request(
            fixture.endpoint(),
            "GET",
            "/client/hubs/chat?access_token=" + fixture.signed(fixture.token()),
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n",
            new byte[0]));

    assertRefused(HttpAnswer.read(socket, "GET"), 400);
    socket.send(health());
    assertThat(HttpAnswer.read(socket, "HEAD").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("C296 another WebSocket version, or no key, is answered 400")
  void malformedUpgrade() {
    UpgradeRequest version8 =
        fixture
            .request(fixture.token())
            .without("Sec-WebSocket-Version")
            .header("Sec-WebSocket-Version", "8");
    UpgradeRequest noKey = fixture.request(fixture.token()).without("Sec-WebSocket-Key");

    assertRefused(fixture.refused(version8), 400);
    assertRefused(fixture.refused(noKey), 400);
  }

  @Test
  @DisplayName("C297 any Origin is welcome")
  void foreignOrigin() {
    fixture
        .open(fixture.request(fixture.token()).header("Origin", "https://evil.example"))
        .expectOpen();
  }

  @Test
  @DisplayName("C298 a head that comes byte by byte is understood")
  void headByteByByte() {
    UpgradeRequest request = fixture.request(fixture.token()).offering(JSON);
    WireSocket socket = fixture.socket();

    socket.sendByteByByte(request.bytes(fixture.endpoint()));

    WireJsonClient.on(WireClient.upgraded(socket, request)).expectOpen();
  }

  @Test
  @DisplayName("C298 a frame that comes in one packet with the head is processed")
  void frameWithHead() {
    UpgradeRequest request = fixture.request(fixture.token()).offering(JSON);
    WireSocket socket = fixture.socket();
    byte[] head = request.bytes(fixture.endpoint());
    byte[] frame = WireFrame.text(json("{'type':'ping'}")).masked();
    byte[] both = Arrays.copyOf(head, head.length + frame.length);
    System.arraycopy(frame, 0, both, head.length, frame.length);

    socket.send(both);

    WireJsonClient client = WireJsonClient.on(WireClient.upgraded(socket, request));
    client.expect(json("{'type':'pong'}"));
  }

  private byte[] health() {
    return RestDriver.request(fixture.endpoint(), "HEAD", "/api/health", "", new byte[0]);
  }

  private static void assertRefused(HttpAnswer answer, int status) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.body()).as("%s", answer).isEmpty();
  }
}
