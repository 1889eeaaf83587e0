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

/**
 * Client-protocols L.1, second half: what makes a client token good, and what its claims bring
 * (client-protocols B.1 to B.3).
 */
class TokenConformanceTest {

  private Bench bench;

  @BeforeEach
  void start() {
    bench = Bench.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  // client-protocols B.1: signature and life

  @Test
  @DisplayName("C013 a token signed with another key is answered 401")
  void otherKey() {
    assertRefused(bench, bench.token().signedBy(OTHER_KEY));
  }

  @Test
  @DisplayName("C014 the key is its text, not what that text means in base64")
  void decodedKey() {
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) 7);
    String key = Base64.getEncoder().encodeToString(bytes);
    try (Bench keyed = Bench.of(FakeWebPubSub.builder().accessKey(key))) {
      keyed.open(requestWith(keyed.token().signedBy(key))).expectOpen();

      assertRefused(keyed, keyed.token().signedBy(bytes));
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
    assertRefused(bench, bench.token().unsigned());
    assertRefused(bench, bench.token().signedHs512By(bench.fake().accessKey()));
  }

  @Test
  @DisplayName("C017 expired token is answered 401")
  void expired() {
    assertRefused(bench.token().expiresIn(Duration.ofMinutes(-10)));
  }

  @Test
  @DisplayName("C018 a token that expired 4 minutes ago is inside the skew of 5 minutes")
  void expiredWithinSkew() {
    bench.raw(bench.token().expiresIn(Duration.ofMinutes(-4))).expectOpen();
  }

  @Test
  @DisplayName("C019 a token without exp is answered 401")
  void noExpiry() {
    assertRefused(bench.token().without("exp"));
  }

  @Test
  @DisplayName("C020 a token that becomes valid in 10 minutes is answered 401")
  void notYetValid() {
    assertRefused(bench.token().notBefore(Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("C021 a token that becomes valid in 4 minutes is inside the skew")
  void notYetValidWithinSkew() {
    bench.raw(bench.token().notBefore(Duration.ofMinutes(4))).expectOpen();
  }

  // client-protocols B.3: audience

  @Test
  @DisplayName("C022 a token for another hub is answered 401")
  void audienceOfOtherHub() {
    assertRefused(TestTokens.forClient(bench.endpoint(), "other"));
  }

  @Test
  @DisplayName("C023 a token without audience is answered 401")
  void noAudience() {
    assertRefused(bench.token().without("aud"));
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
    assertRefused(audience("http://" + bench.authority() + "client/hubs/chat"));
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

  // client-protocols B.1: what the claims bring

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
    assertRefused(token);
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

  @ParameterizedTest(
      name =
          "client-protocols B.3: an audience {0} is good at the endpoint with the hub in the query")
  @ValueSource(strings = {"/client/?hub=chat", "/client?hub=chat"})
  void audienceOfQueryForm(String audience) {
    String token = bench.signed(audience(bench.endpoint() + audience));

    bench.open(UpgradeRequest.to("/client/?hub=" + HUB + "&access_token=" + token)).expectOpen();
  }

  private TestTokens audience(String audience) {
    return bench.token().audience(audience);
  }

  private void assertRefused(TestTokens token) {
    assertRefused(bench, bench.signed(token));
  }

  private static void assertRefused(Bench bench, String token) {
    HttpAnswer answer = bench.refused(requestWith(token));
    assertThat(answer.status()).as("%s", answer).isEqualTo(401);
    assertThat(answer.body()).as("%s", answer).isEmpty();
  }
}
