package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.Bench.HUB;
import static io.github.webpubsubtestkit.conformance.Bench.JSON;
import static io.github.webpubsubtestkit.conformance.Bench.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.Bench.RJ;
import static io.github.webpubsubtestkit.conformance.Bench.RS;
import static io.github.webpubsubtestkit.conformance.Bench.requestWith;
import static io.github.webpubsubtestkit.conformance.RestDriver.ALL;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client-protocols L.1: paths, handshake checks (A.1 to A.3) and tokens (B.1 to B.3). */
class EndpointAndTokenConformanceTest {

  private Bench bench;

  @BeforeEach
  void start() {
    bench = Bench.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  // A.1, A.2: paths and where the token stands

  @Test
  @DisplayName(
      "C001 without a subprotocol the 101 names none, and a simple client gets no connected message")
  void rawHandshake() {
    WireClient client = bench.raw(bench.token());

    assertThat(client.subprotocol()).isEmpty();
    client.expectOpen();
  }

  @ParameterizedTest(name = "C002 {0} with the hub as query parameter leads into that hub")
  @ValueSource(strings = {"/client/", "/client"})
  void hubInQuery(String path) {
    WireClient client =
        bench.open(
            UpgradeRequest.to(path + "?hub=chat&access_token=" + bench.signed(bench.token())));

    bench.rest().sendText(ALL, "to the hub");

    client.expectText("to the hub");
  }

  @Test
  @DisplayName("C003 a plain GET of the client endpoint is answered 400 with an empty body")
  void plainGet() {
    WireSocket socket = bench.socket();

    socket.send(
        RestDriver.request(
            bench.endpoint(),
            "GET",
            "/client/hubs/chat?access_token=" + bench.signed(bench.token()),
            "",
            new byte[0]));

    assertRefused(HttpAnswer.read(socket, "GET"), 400);
  }

  @Test
  @DisplayName("C004 a blank hub is answered 400")
  void blankHub() {
    UpgradeRequest request =
        UpgradeRequest.to("/client/hubs/%20?access_token=" + bench.signed(bench.token()));

    assertRefused(bench.refused(request), 400);
  }

  @Test
  @DisplayName("C005 a hub name outside the pattern is answered 400 even if the token is for it")
  void malformedHub() {
    String token = bench.signed(TestTokens.forClient(bench.endpoint(), "1bad"));

    assertRefused(bench.refused(UpgradeRequest.to("/client/hubs/1bad?access_token=" + token)), 400);
  }

  @Test
  @DisplayName("C006 no token at all is answered 401 with an empty body")
  void noToken() {
    assertRefused(bench.refused(UpgradeRequest.to("/client/hubs/chat")), 401);
  }

  @Test
  @DisplayName("C007 an empty access_token and no header is answered 401")
  void emptyToken() {
    assertRefused(bench.refused(requestWith("")), 401);
  }

  @Test
  @DisplayName(
      "C008 the token may come in the Authorization header; scheme in any case, value trimmed")
  void tokenInHeader() {
    WireClient client =
        bench.open(
            UpgradeRequest.to("/client/hubs/chat")
                .header("Authorization", "bearer  " + bench.signed(bench.token())));

    client.expectOpen();
  }

  @Test
  @DisplayName("C009 a bad token in the query is not rescued by a good header")
  void badQueryTokenWins() {
    UpgradeRequest request =
        requestWith(bench.token().signedBy(OTHER_KEY))
            .header("Authorization", "Bearer " + bench.signed(bench.token()));

    assertRefused(bench.refused(request), 401);
  }

  @Test
  @DisplayName("C010 an empty token in the query leaves the word to the header")
  void emptyQueryTokenYields() {
    bench
        .open(requestWith("").header("Authorization", "Bearer " + bench.signed(bench.token())))
        .expectOpen();
  }

  @Test
  @DisplayName("C011 query names are matched in any case")
  void upperCaseParameter() {
    bench
        .open(UpgradeRequest.to("/client/hubs/chat?ACCESS_TOKEN=" + bench.signed(bench.token())))
        .expectOpen();
  }

  @ParameterizedTest(name = "C012 access_token={0} is answered 401")
  @ValueSource(strings = {"garbage", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30", "..."})
  void malformedToken(String token) {
    assertRefused(bench.refused(requestWith(token)), 401);
  }

  // B.1: signature and life

  @Test
  @DisplayName("C013 a token signed with another key is answered 401")
  void otherKey() {
    assertRefused(bench.refused(requestWith(bench.token().signedBy(OTHER_KEY))), 401);
  }

  @Test
  @DisplayName("C014 the key is its text, not what that text means in base64")
  void decodedKey() {
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) 7);
    String key = Base64.getEncoder().encodeToString(bytes);
    try (Bench keyed = Bench.of(FakeWebPubSub.builder().accessKey(key))) {
      keyed.open(requestWith(keyed.token().signedBy(key))).expectOpen();

      assertRefused(keyed.refused(requestWith(keyed.token().signedBy(bytes))), 401);
    }
  }

  @Test
  @DisplayName("C015 a token signed with the secondary key is good")
  void secondaryKey() {
    String secondary = "secondary-access-key-of-this-fake-0123456789";
    try (Bench keyed = Bench.of(FakeWebPubSub.builder().secondaryAccessKey(secondary))) {
      keyed.open(requestWith(keyed.token().signedBy(secondary))).expectOpen();
      keyed.raw(keyed.token()).expectOpen();
    }
  }

  @Test
  @DisplayName("C016 alg none is answered 401, and so is HS512 with the right key")
  void onlyHs256() {
    assertRefused(bench.refused(requestWith(bench.token().unsigned())), 401);
    assertRefused(
        bench.refused(requestWith(bench.token().signedHs512By(bench.fake().accessKey()))), 401);
  }

  @Test
  @DisplayName("C017 expired token is answered 401")
  void expired() {
    assertRefused401(bench.token().expiresIn(Duration.ofMinutes(-10)));
  }

  @Test
  @DisplayName("C018 a token that expired 4 minutes ago is inside the skew of 5 minutes")
  void expiredWithinSkew() {
    bench.raw(bench.token().expiresIn(Duration.ofMinutes(-4))).expectOpen();
  }

  @Test
  @DisplayName("C019 a token without exp is answered 401")
  void noExpiry() {
    assertRefused401(bench.token().without("exp"));
  }

  @Test
  @DisplayName("C020 a token that becomes valid in 10 minutes is answered 401")
  void notYetValid() {
    assertRefused401(bench.token().notBefore(Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("C021 a token that becomes valid in 4 minutes is inside the skew")
  void notYetValidWithinSkew() {
    bench.raw(bench.token().notBefore(Duration.ofMinutes(4))).expectOpen();
  }

  // B.3: audience

  @Test
  @DisplayName("C022 a token for another hub is answered 401")
  void audienceOfOtherHub() {
    assertRefused401(TestTokens.forClient(bench.endpoint(), "other"));
  }

  @Test
  @DisplayName("C023 a token without audience is answered 401")
  void noAudience() {
    assertRefused401(bench.token().without("aud"));
  }

  @Test
  @DisplayName("C024 one right entry in a list of audiences suffices")
  void audienceList() {
    bench
        .raw(bench.token().claim("aud", List.of("x", bench.endpoint() + "/client/hubs/chat")))
        .expectOpen();
  }

  @Test
  @DisplayName("C025 the audience may say ws, or wss")
  void webSocketAudience() {
    bench.raw(audience("ws://" + bench.authority() + "/client/hubs/chat")).expectOpen();
    bench.raw(audience("wss://" + bench.authority() + "/client/hubs/chat")).expectOpen();
  }

  @Test
  @DisplayName("C026 the audience may say https while the service speaks http")
  void httpsAudience() {
    bench.raw(audience("https://" + bench.authority() + "/client/hubs/chat")).expectOpen();
  }

  @Test
  @DisplayName("C027 an audience that lost the slash before its path is answered 401")
  void audienceWithoutSlash() {
    assertRefused401(audience("http://" + bench.authority() + "client/hubs/chat"));
  }

  @Test
  @DisplayName("C028 audiences are compared without regard to case")
  void audienceInUpperCase() {
    bench.raw(TestTokens.forClient(bench.endpoint(), "CHAT")).expectOpen();
    bench.raw(audience("HTTP://" + bench.authority() + "/CLIENT/HUBS/CHAT")).expectOpen();
  }

  @Test
  @DisplayName("C029 hub names are one whatever their case")
  void hubInUpperCase() {
    WireJsonClient upper =
        bench.openJson(
            UpgradeRequest.to("/client/hubs/CHAT?access_token=" + bench.signed(bench.token()))
                .offering(JSON));
    WireJsonClient lower = bench.json(bench.token());

    bench.rest().sendText(ALL, "hi");

    upper.expect(json("{'type':'message','from':'server','dataType':'text','data':'hi'}"));
    lower.expect(json("{'type':'message','from':'server','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C030 issuer, key id and unknown claims are nobody's business")
  void unknownClaims() {
    bench
        .raw(
            bench
                .token()
                .header("kid", "s-1")
                .claim("iss", "https://issuer.example")
                .claim("jti", "1")
                .claim("iat", 0)
                .claim("custom", List.of(1, "two")))
        .expectOpen();
  }

  @Test
  @DisplayName("C031 the token's header needs no typ")
  void headerWithoutType() {
    // the driver's header is {"alg":"HS256"}; with a typ it must be good as well
    bench.raw(bench.token()).expectOpen();
    bench.raw(bench.token().header("typ", "JWT")).expectOpen();
  }

  // B.1: what the claims bring

  @Test
  @DisplayName("C032 the role claim may be one string")
  void roleAsString() {
    WireJsonClient client = bench.json(bench.token().claim("role", RJ));

    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C033 the role claim may be an array")
  void roleAsArray() {
    WireJsonClient client = bench.json(bench.token().roles(RJ));

    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C034 the group claim may be one string")
  void groupAsString() {
    WireJsonClient client = bench.json(bench.token().claim("webpubsub.group", "g"));

    bench.rest().sendText(group("g"), "hi");

    client.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C035 the group claim may be an array")
  void groupsAsArray() {
    WireJsonClient client = bench.json(bench.token().groups("g", "h"));

    bench.rest().sendText(group("h"), "hi");

    client.expect(
        json("{'type':'message','from':'group','group':'h','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C036 a blank group in the token is answered 400, and the body says so")
  void blankGroup() {
    HttpAnswer answer = bench.refused(bench.request(bench.token().claim("webpubsub.group", " ")));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEqualTo("The token contains an invalid group name.");
  }

  @Test
  @DisplayName("C037 a group of 1,025 characters in the token is answered 400")
  void longGroup() {
    HttpAnswer answer = bench.refused(bench.request(bench.token().groups("g".repeat(1025))));

    assertThat(answer.status()).isEqualTo(400);
    bench.raw(bench.token().groups("g".repeat(1024))).expectOpen();
  }

  @Test
  @DisplayName("C038 without sub the connected message has userId null")
  void noUser() {
    WireJsonClient client = bench.json(bench.token());

    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':null,'connectionId':'%s'}"
                    .formatted(client.connectionId())));
  }

  @Test
  @DisplayName("C039 sub is the userId of the connected message")
  void user() {
    WireJsonClient client = bench.json(bench.token().user("alice"));

    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'alice','connectionId':'%s'}"
                    .formatted(client.connectionId())));
  }

  @Test
  @DisplayName(
      "C041 where anonymous clients are allowed, one without token has neither user nor roles")
  void anonymous() {
    try (Bench open = Bench.of(FakeWebPubSub.builder().anonymousAllowed(true))) {
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
        UpgradeRequest.to("/clients/mqtt/hubs/chat?access_token=" + bench.signed(bench.token()))
            .offering("mqtt");

    assertThat(bench.refused(request).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("C043 an offer of permessage-deflate is ignored")
  void noExtension() {
    WireJsonClient client =
        bench.openJson(
            bench
                .request(bench.token())
                .offering(JSON)
                .header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));

    assertThat(client.wire().handshake().header("Sec-WebSocket-Extensions")).isEmpty();
    client
        .expectOpen(); // the driver refuses frames with reserved bits, which compression would set
  }

  @Test
  @DisplayName("C290 localhost in the audience stands for 127.0.0.1")
  void loopbackAlias() {
    String port = ":" + bench.endpoint().getPort();

    bench.raw(audience("http://localhost" + port + "/client/hubs/chat")).expectOpen();
    bench.raw(audience("http://[::1]" + port + "/client/hubs/chat")).expectOpen();
  }

  @Test
  @DisplayName(
      "C291 an audience of the published endpoint is good behind a proxy that changes Host")
  void audienceBehindProxy() {
    bench.open(bench.request(bench.token()).header("Host", "proxy.example")).expectOpen();
  }

  @Test
  @DisplayName(
      "C292 an audience of the request's Host is good; without that Host it is answered 401")
  void audienceOfHost() {
    TestTokens token = audience("http://proxy.example/client/hubs/chat");

    bench.open(bench.request(token).header("Host", "proxy.example")).expectOpen();
    assertRefused401(token);
  }

  @Test
  @DisplayName("C293 an empty sub is shown in connected and nowhere else")
  void emptyUser() {
    WireJsonClient receiver = bench.json(bench.token().groups("g"));
    WireJsonClient sender = bench.json(bench.token().user("").roles(RS));
    assertThat(sender.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'','connectionId':'%s'}"
                    .formatted(sender.connectionId())));

    sender.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi'}"));

    receiver.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C294 a kept-alive connection that served REST may become a WebSocket")
  void upgradeAfterRest() {
    WireSocket socket = bench.socket();
    socket.send(health());
    assertThat(HttpAnswer.read(socket, "HEAD").status()).isEqualTo(200);

    UpgradeRequest request = bench.request(bench.token()).offering(JSON);
    socket.send(request.bytes(bench.endpoint()));

    WireJsonClient.on(WireClient.upgraded(socket, request)).expectOpen();
  }

  @Test
  @DisplayName("C295 an upgrade to h2c is plain HTTP: 400 here, and the connection stays usable")
  void h2c() {
    WireSocket socket = bench.socket();
    socket.send(
        RestDriver.request(
            bench.endpoint(),
            "GET",
            "/client/hubs/chat?access_token=" + bench.signed(bench.token()),
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
        bench
            .request(bench.token())
            .without("Sec-WebSocket-Version")
            .header("Sec-WebSocket-Version", "8");
    UpgradeRequest noKey = bench.request(bench.token()).without("Sec-WebSocket-Key");

    assertRefused(bench.refused(version8), 400);
    assertRefused(bench.refused(noKey), 400);
  }

  @Test
  @DisplayName("C297 any Origin is welcome")
  void foreignOrigin() {
    bench.open(bench.request(bench.token()).header("Origin", "https://evil.example")).expectOpen();
  }

  @Test
  @DisplayName("C298 a head that comes byte by byte is understood")
  void headByteByByte() {
    UpgradeRequest request = bench.request(bench.token()).offering(JSON);
    WireSocket socket = bench.socket();

    socket.sendByteByByte(request.bytes(bench.endpoint()));

    WireJsonClient.on(WireClient.upgraded(socket, request)).expectOpen();
  }

  @Test
  @DisplayName("C298 a frame that comes in one packet with the head is processed")
  void frameWithHead() {
    UpgradeRequest request = bench.request(bench.token()).offering(JSON);
    WireSocket socket = bench.socket();
    byte[] head = request.bytes(bench.endpoint());
    byte[] frame = WireFrame.text(json("{'type':'ping'}")).masked();
    byte[] both = Arrays.copyOf(head, head.length + frame.length);
    System.arraycopy(frame, 0, both, head.length, frame.length);

    socket.send(both);

    WireJsonClient client = WireJsonClient.on(WireClient.upgraded(socket, request));
    client.expect(json("{'type':'pong'}"));
  }

  @ParameterizedTest(name = "B.3 an audience {0} is good at the endpoint with the hub in the query")
  @ValueSource(strings = {"/client/?hub=chat", "/client?hub=chat"})
  void audienceOfQueryForm(String audience) {
    String token = bench.signed(audience(bench.endpoint() + audience));

    bench.open(UpgradeRequest.to("/client/?hub=" + HUB + "&access_token=" + token)).expectOpen();
  }

  private TestTokens audience(String audience) {
    return bench.token().audience(audience);
  }

  private byte[] health() {
    return RestDriver.request(bench.endpoint(), "HEAD", "/api/health", "", new byte[0]);
  }

  private void assertRefused401(TestTokens token) {
    assertRefused(bench.refused(bench.request(token)), 401);
  }

  private static void assertRefused(HttpAnswer answer, int status) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.body()).as("%s", answer).isEmpty();
  }
}
