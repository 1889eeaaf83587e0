package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.RestFixture.VERSION;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertUnauthorized;
import static io.github.webpubsubtestkit.conformance.RestFixture.bearer;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, generateToken (rest-api 8.9). */
class GenerateTokenConformanceTest {

  private static final String PATH = "/:generateToken";

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture =
        RestFixture.of(
            FakeWebPubSub.builder().tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true)));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private HttpAnswer generate(String query) {
    String token =
        TestTokens.forUrl("https://webpubsub.azure.com").header("alg", "RS256").signedBy(OTHER_KEY);
    return fixture.callWith(bearer(token), "POST", "/api/hubs/chat" + PATH + VERSION + query);
  }

  private String token(String query) {
    HttpAnswer answer = generate(query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    return WireJsonClient.tree(answer.text()).path("token").asText();
  }

  private static JsonNode payload(String token) {
    return WireJsonClient.tree(
        new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8));
  }

  private static void assertInvalid(HttpAnswer answer, String target) {
    assertBadRequest(answer);
    assertThat(WireJsonClient.tree(answer.text()).path("target").asText()).isEqualTo(target);
  }

  @Test
  @DisplayName("R187 an access-key token is answered 401, with the opt-in for Entra too")
  void accessKey() {
    assertUnauthorized(fixture.call("POST", PATH));
    try (RestFixture plain = RestFixture.start()) {
      assertUnauthorized(plain.call("POST", PATH));
    }
  }

  @Test
  @DisplayName("R188 a bare call gives a token of one hour without user, roles and groups")
  void bare() {
    JsonNode payload = payload(token(""));

    assertThat(payload.has("sub")).isFalse();
    assertThat(payload.has("role")).isFalse();
    assertThat(payload.has("webpubsub.group")).isFalse();
    assertThat(payload.path("exp").asLong() - payload.path("nbf").asLong()).isEqualTo(3600);
    assertThat(payload.path("aud").asText()).endsWith("/client/hubs/chat");
  }

  @Test
  @DisplayName("R189 user, roles, groups and minutes go into the token")
  void parameters() {
    JsonNode payload = payload(token("&userId=u&role=r1&role=r2&group=g&minutesToExpire=5"));

    assertThat(payload.path("sub").asText()).isEqualTo("u");
    assertThat(payload.path("role")).hasToString(json("['r1','r2']"));
    assertThat(payload.path("webpubsub.group")).hasToString(json("['g']"));
    assertThat(payload.path("exp").asLong() - payload.path("nbf").asLong()).isEqualTo(300);
  }

  @Test
  @DisplayName("R190 a client connects with such a token, as its user and in its group")
  void connects() {
    String token = token("&userId=u&role=r1&role=r2&group=g&minutesToExpire=5");

    WireJsonClient client =
        fixture.fixture().openJson(FakeFixture.requestWith(token).offering(JSON));

    assertThat(client.connected()).contains(json("'userId':'u'"));
    assertThat(fixture.send("/groups/g", "x").status()).isEqualTo(202);
    client.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'x'}"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0", "-1", "x", "2147483648"})
  @DisplayName("R191 minutesToExpire is 1 to 2147483647")
  void invalidMinutes(String minutes) {
    assertBadRequest(generate("&minutesToExpire=" + minutes));
    assertThat(generate("&minutesToExpire=2147483647").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(strings = {"&clientType=default", "&clientType=Default", ""})
  @DisplayName("R192 clientType is Default in any case, or absent")
  void clientType(String query) {
    assertThat(generate(query).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("R193 clientType MQTT is answered with a token, an unknown one 400")
  void otherClientTypes() {
    assertThat(payload(token("&clientType=MQTT")).path("aud").asText())
        .endsWith("/clients/mqtt/hubs/chat");
    assertInvalid(generate("&clientType=foo"), "clientType");
  }

  @Test
  @DisplayName("R194 an invalid group is answered 400")
  void invalidGroup() {
    assertBadRequest(generate("&group=%20"));
    assertBadRequest(generate("&group="));
    assertBadRequest(generate("&group=" + "g".repeat(1025)));
  }

  @Test
  @DisplayName("R243 clientType socketio is answered 400")
  void socketIo() {
    assertInvalid(generate("&clientType=socketio"), "clientType");
  }

  @Test
  @DisplayName("R244 with accessKeyGenerateToken an access-key token is good")
  void accessKeyAccepted() {
    try (RestFixture lenient =
        RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.accessKeyGenerateToken(true)))) {
      HttpAnswer answer = lenient.call("POST", PATH);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(WireJsonClient.tree(answer.text()).path("token").asText()).startsWith("eyJ");
    }
  }
}
