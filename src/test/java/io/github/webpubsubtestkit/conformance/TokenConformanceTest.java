package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.HUB;
import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.FakeFixture.requestWith;
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

/**
 * Client-protocols L.1, second half: what makes a client token good, and what its claims bring
 * (client-protocols B.1 to B.3).
 */
class TokenConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // client-protocols B.1: signature and life

  @Test
  @DisplayName("C013 a token signed with another key is answered 401")
  void otherKey() {
    assertRefused(fixture, fixture.token().signedBy(OTHER_KEY));
  }

  @Test
  @DisplayName("C014 the key is its text, not what that text means in base64")
  void decodedKey() {
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) 7);
    String key = Base64.getEncoder().encodeToString(bytes);
    try (FakeFixture keyed = FakeFixture.of(FakeWebPubSub.builder().accessKey(key))) {
      keyed.open(requestWith(keyed.token().signedBy(key))).expectOpen();

      assertRefused(keyed, keyed.token().signedBy(bytes));
    }
  }

  @Test
  @DisplayName("C015 a token signed with the secondary key is good")
  void secondaryKey() {
    String secondary = "secondary-access-key-of-this-fake-0123456789";
    try (FakeFixture keyed =
        FakeFixture.of(FakeWebPubSub.builder().secondaryAccessKey(secondary))) {
      keyed.open(requestWith(keyed.token().signedBy(secondary))).expectOpen();
      keyed.raw(keyed.token()).expectOpen();
    }
  }

  @Test
  @DisplayName("C016 alg none is answered 401, and so is HS512 with the right key")
  void onlyHs256() {
    assertRefused(fixture, fixture.token().unsigned());
    assertRefused(fixture, fixture.token().signedHs512By(fixture.fake().accessKey()));
  }

  @Test
  @DisplayName("C017 expired token is answered 401")
  void expired() {
    assertRefused(fixture.token().expiresIn(Duration.ofMinutes(-10)));
  }

  @Test
  @DisplayName("C018 a token that expired 4 minutes ago is inside the skew of 5 minutes")
  void expiredWithinSkew() {
    fixture.raw(fixture.token().expiresIn(Duration.ofMinutes(-4))).expectOpen();
  }

  @Test
  @DisplayName("C019 a token without exp is answered 401")
  void noExpiry() {
    assertRefused(fixture.token().without("exp"));
  }

  @Test
  @DisplayName("C020 a token that becomes valid in 10 minutes is answered 401")
  void notYetValid() {
    assertRefused(fixture.token().notBefore(Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("C021 a token that becomes valid in 4 minutes is inside the skew")
  void notYetValidWithinSkew() {
    fixture.raw(fixture.token().notBefore(Duration.ofMinutes(4))).expectOpen();
  }

  // client-protocols B.3: audience

  @Test
  @DisplayName("C022 a token for another hub is answered 401")
  void audienceOfOtherHub() {
    assertRefused(TestTokens.forClient(fixture.endpoint(), "other"));
  }

  @Test
  @DisplayName("C023 a token without audience is answered 401")
  void noAudience() {
    assertRefused(fixture.token().without("aud"));
  }

  @Test
  @DisplayName("C024 one right entry in a list of audiences suffices")
  void audienceList() {
    fixture
        .raw(fixture.token().claim("aud", List.of("x", fixture.endpoint() + "/client/hubs/chat")))
        .expectOpen();
  }

  @Test
  @DisplayName("C025 the audience may say ws, or wss")
  void webSocketAudience() {
    fixture.raw(audience("ws://" + fixture.authority() + "/client/hubs/chat")).expectOpen();
    fixture.raw(audience("wss://" + fixture.authority() + "/client/hubs/chat")).expectOpen();
  }

  @Test
  @DisplayName("C026 the audience may say https while the service speaks http")
  void httpsAudience() {
    fixture.raw(audience("https://" + fixture.authority() + "/client/hubs/chat")).expectOpen();
  }

  @Test
  @DisplayName("C027 an audience that lost the slash before its path is answered 401")
  void audienceWithoutSlash() {
    assertRefused(audience("http://" + fixture.authority() + "client/hubs/chat"));
  }

  @Test
  @DisplayName("C028 audiences are compared without regard to case")
  void audienceInUpperCase() {
    fixture.raw(TestTokens.forClient(fixture.endpoint(), "CHAT")).expectOpen();
    fixture.raw(audience("HTTP://" + fixture.authority() + "/CLIENT/HUBS/CHAT")).expectOpen();
  }

  @Test
  @DisplayName("C029 hub names are one whatever their case")
  void hubInUpperCase() {
    WireJsonClient upper =
        fixture.openJson(
            UpgradeRequest.to("/client/hubs/CHAT?access_token=" + fixture.signed(fixture.token()))
                .offering(JSON));
    WireJsonClient lower = fixture.json(fixture.token());

    fixture.rest().sendText(ALL, "hi");

    upper.expect(json("{'type':'message','from':'server','dataType':'text','data':'hi'}"));
    lower.expect(json("{'type':'message','from':'server','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C030 issuer, key id and unknown claims are nobody's business")
  void unknownClaims() {
    fixture
        .raw(
            fixture
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
    fixture.raw(fixture.token()).expectOpen();
    fixture.raw(fixture.token().header("typ", "JWT")).expectOpen();
  }

  // client-protocols B.1: what the claims bring

  @Test
  @DisplayName("C032 the role claim may be one string")
  void roleAsString() {
    WireJsonClient client = fixture.json(fixture.token().claim("role", RJ));

    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C033 the role claim may be an array")
  void roleAsArray() {
    WireJsonClient client = fixture.json(fixture.token().roles(RJ));

    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    client.expectAck(1);
  }

  @Test
  @DisplayName("C034 the group claim may be one string")
  void groupAsString() {
    WireJsonClient client = fixture.json(fixture.token().claim("webpubsub.group", "g"));

    fixture.rest().sendText(group("g"), "hi");

    client.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C035 the group claim may be an array")
  void groupsAsArray() {
    WireJsonClient client = fixture.json(fixture.token().groups("g", "h"));

    fixture.rest().sendText(group("h"), "hi");

    client.expect(
        json("{'type':'message','from':'group','group':'h','dataType':'text','data':'hi'}"));
  }

  @Test
  @DisplayName("C036 a blank group in the token is answered 400, and the body says so")
  void blankGroup() {
    HttpAnswer answer =
        fixture.refused(fixture.request(fixture.token().claim("webpubsub.group", " ")));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEqualTo("The token contains an invalid group name.");
  }

  @Test
  @DisplayName("C037 a group of 1,025 characters in the token is answered 400")
  void longGroup() {
    HttpAnswer answer = fixture.refused(fixture.request(fixture.token().groups("g".repeat(1025))));

    assertThat(answer.status()).isEqualTo(400);
    fixture.raw(fixture.token().groups("g".repeat(1024))).expectOpen();
  }

  @Test
  @DisplayName("C038 without sub the connected message has userId null")
  void noUser() {
    WireJsonClient client = fixture.json(fixture.token());

    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':null,'connectionId':'%s'}"
                    .formatted(client.connectionId())));
  }

  @Test
  @DisplayName("C039 sub is the userId of the connected message")
  void user() {
    WireJsonClient client = fixture.json(fixture.token().user("alice"));

    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'alice','connectionId':'%s'}"
                    .formatted(client.connectionId())));
  }

  @Test
  @DisplayName("C290 localhost in the audience stands for 127.0.0.1")
  void loopbackAlias() {
    String port = ":" + fixture.endpoint().getPort();

    fixture.raw(audience("http://localhost" + port + "/client/hubs/chat")).expectOpen();
    fixture.raw(audience("http://[::1]" + port + "/client/hubs/chat")).expectOpen();
  }

  @Test
  @DisplayName(
      "C291 an audience of the published endpoint is good behind a proxy that changes Host")
  void audienceBehindProxy() {
    fixture.open(fixture.request(fixture.token()).header("Host", "proxy.example")).expectOpen();
  }

  @Test
  @DisplayName(
      "C292 an audience of the request's Host is good; without that Host it is answered 401")
  void audienceOfHost() {
    TestTokens token = audience("http://proxy.example/client/hubs/chat");

    fixture.open(fixture.request(token).header("Host", "proxy.example")).expectOpen();
    assertRefused(token);
  }

  @Test
  @DisplayName("C293 an empty sub is shown in connected and nowhere else")
  void emptyUser() {
    WireJsonClient receiver = fixture.json(fixture.token().groups("g"));
    WireJsonClient sender = fixture.json(fixture.token().user("").roles(RS));
    assertThat(sender.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'','connectionId':'%s'}"
                    .formatted(sender.connectionId())));

    sender.send(json("{'type':'sendToGroup','group':'g','dataType':'text','data':'hi'}"));

    receiver.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
  }

  @ParameterizedTest(
      name =
          "client-protocols B.3: an audience {0} is good at the endpoint with the hub in the query")
  @ValueSource(strings = {"/client/?hub=chat", "/client?hub=chat"})
  void audienceOfQueryForm(String audience) {
    String token = fixture.signed(audience(fixture.endpoint() + audience));

    fixture.open(UpgradeRequest.to("/client/?hub=" + HUB + "&access_token=" + token)).expectOpen();
  }

  private TestTokens audience(String audience) {
    return fixture.token().audience(audience);
  }

  private void assertRefused(TestTokens token) {
    assertRefused(fixture, fixture.signed(token));
  }

  private static void assertRefused(FakeFixture fixture, String token) {
    HttpAnswer answer = fixture.refused(requestWith(token));
    assertThat(answer.status()).as("%s", answer).isEqualTo(401);
    assertThat(answer.body()).as("%s", answer).isEmpty();
  }
}
