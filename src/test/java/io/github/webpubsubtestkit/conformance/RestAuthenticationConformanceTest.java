package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.RestFixture.VERSION;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertUnauthorized;
import static io.github.webpubsubtestkit.conformance.RestFixture.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, authentication: who may call (rest-api 2). */
class RestAuthenticationConformanceTest {

  private static final String SEND = "/api/hubs/chat/:send" + VERSION;
  private static final String LIST = "/api/hubs/chat/groups/room/connections";
  private static final String ENTRA = "https://webpubsub.azure.com";

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

  // the token as a whole

  @Test
  @DisplayName("R001 HEAD without Authorization is answered 401 with a challenge")
  void headWithoutToken() {
    HttpAnswer answer = fixture.callWith("", "HEAD", "/api/hubs/chat/connections/c1" + VERSION);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  @DisplayName("R002 a send without Authorization is answered 401, empty, and delivers nothing")
  void sendWithoutToken() {
    assertUnauthorized(fixture.sendWith("", SEND));
    client.expectOpen();
  }

  @Test
  @DisplayName("R003 a token signed with a foreign key is answered 401")
  void foreignKey() {
    assertRefused(bearer(fixture.token(SEND).signedBy(OTHER_KEY)));
  }

  @Test
  @DisplayName("R004 a token signed with the secondary key is good")
  void secondaryKey() {
    String secondary = "the-secondary-key-of-at-least-32-bytes";
    try (RestFixture twoKeys =
        RestFixture.of(FakeWebPubSub.builder().secondaryAccessKey(secondary))) {
      WireClient receiver = twoKeys.raw();

      HttpAnswer answer = twoKeys.sendWith(bearer(twoKeys.token(SEND).signedBy(secondary)), SEND);

      assertThat(answer.status()).isEqualTo(202);
      receiver.expectText("x");
    }
  }

  @Test
  @DisplayName("R005 a token that expired 6 minutes ago is answered 401")
  void expired() {
    String target = "/api/hubs/chat/connections/c1" + VERSION;
    String token =
        fixture.token(target).expiresIn(Duration.ofMinutes(-6)).signedBy(fixture.accessKey());

    assertThat(fixture.callWith(bearer(token), "HEAD", target).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("R006 a token that expired 4 minutes ago is good: 5 minutes of skew")
  void expiredWithinSkew() {
    assertAccepted(signed(fixture.token(SEND).expiresIn(Duration.ofMinutes(-4))));
  }

  @Test
  @DisplayName("R007 a token not valid before 6 minutes from now is answered 401")
  void notYetValid() {
    assertRefused(signed(fixture.token(SEND).notBefore(Duration.ofMinutes(6))));
  }

  @Test
  @DisplayName("R008 a token without exp is answered 401")
  void withoutExpiry() {
    assertRefused(signed(fixture.token(SEND).without("exp")));
  }

  @Test
  @DisplayName("R009 alg none with an empty signature is answered 401")
  void unsigned() {
    assertRefused(bearer(fixture.token(SEND).unsigned()));
  }

  @Test
  @DisplayName("R010 HS512 with the right key is answered 401")
  void otherAlgorithm() {
    assertRefused(bearer(fixture.token(SEND).signedHs512By(fixture.accessKey())));
  }

  @Test
  @DisplayName("R011 another scheme is answered 401 with the challenge Bearer")
  void basic() {
    HttpAnswer answer = fixture.sendWith("Authorization: Basic dTpw\r\n", SEND);

    assertUnauthorized(answer);
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  @DisplayName("R012 three segments of garbage are answered 401")
  void garbage() {
    assertRefused("Authorization: Bearer abc.def.ghi\r\n");
  }

  @Test
  @DisplayName("R013 the scheme may be written bearer")
  void lowerCaseScheme() {
    assertAccepted(
        "Authorization: bearer " + fixture.token(SEND).signedBy(fixture.accessKey()) + "\r\n");
  }

  @Test
  @DisplayName("R014 a JWT header of alg alone is good")
  void headerOfJava() {
    assertAccepted(signed(fixture.token(SEND)));
  }

  @Test
  @DisplayName("R015 an unknown kid is not looked at")
  void unknownKid() {
    assertAccepted(signed(fixture.token(SEND).header("kid", "s-unknown").header("typ", "JWT")));
  }

  @Test
  @DisplayName("R016 a key that looks like base64 is used as it is printed, not decoded")
  void keyIsNotDecoded() {
    String key = Base64.getEncoder().encodeToString(new byte[36]);
    try (RestFixture base64 = RestFixture.of(FakeWebPubSub.builder().accessKey(key))) {
      TestTokens token = base64.token(SEND);

      assertThat(base64.sendWith(bearer(token.signedBy(key)), SEND).status()).isEqualTo(202);
      assertUnauthorized(base64.sendWith(bearer(token.signedBy(new byte[36])), SEND));
    }
  }

  // audience

  @Test
  @DisplayName("R017 aud may be the full URL with its query")
  void audienceWithQuery() {
    String target = SEND + "&excluded=a";

    assertThat(fixture.sendWith(fixture.authorization(target), target).status()).isEqualTo(202);
    client.expectText("x");
  }

  @Test
  @DisplayName("R018 aud may be the URL without query")
  void audienceWithoutQuery() {
    assertAccepted(fixture.authorization("/api/hubs/chat/:send"));
  }

  @Test
  @DisplayName("R019 aud without trailing slash is good for a path with one")
  void audienceWithoutTrailingSlash() {
    assertAuthenticated(
        fixture.callWith(fixture.authorization(LIST), "GET", LIST + "/?maxpagesize=1"));
  }

  @Test
  @DisplayName("R020 aud with another query is good")
  void audienceWithOtherQuery() {
    assertAuthenticated(
        fixture.callWith(
            fixture.authorization(LIST + "?maxpagesize=99"), "GET", LIST + "?maxpagesize=1"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"https", "ws", "wss"})
  @DisplayName("R021 the scheme of aud may be any of the four")
  void audienceSchemes(String scheme) {
    assertAccepted(signedFor(scheme + "://" + fixture.fixture().authority() + SEND));
  }

  @Test
  @DisplayName("R022 aud with scheme ftp is answered 401")
  void audienceOfFtp() {
    assertRefused(signedFor("ftp://" + fixture.fixture().authority() + SEND));
  }

  @Test
  @DisplayName("R023 aud of a path below the request's is good")
  void audienceOfChild() {
    assertAuthenticated(fixture.callWith(fixture.authorization(LIST + "/child"), "GET", LIST));
  }

  @ParameterizedTest(name = "{0} aud of the request''s path and \"{1}\" is answered 401")
  @CsvSource({"R024, Suffix", "R025, %253Fquery"})
  void audienceOfLongerName(String number, String suffix) {
    assertUnauthorized(fixture.callWith(fixture.authorization(LIST + suffix), "GET", LIST));
  }

  @Test
  @DisplayName("R026 aud of another hub is answered 401")
  void audienceOfOtherHub() {
    assertRefused(fixture.authorization("/api/hubs/other/:send"));
  }

  @Test
  @DisplayName("R027 aud of another group is answered 401")
  void audienceOfOtherGroup() {
    assertUnauthorized(
        fixture.sendWith(
            fixture.authorization("/api/hubs/chat/groups/a/:send"),
            "/api/hubs/chat/groups/b/:send"));
  }

  @Test
  @DisplayName("R028 aud of another host or another port is answered 401")
  void audienceOfOtherAuthority() {
    int port = fixture.endpoint().getPort();

    assertRefused(signedFor("http://other.example:" + port + SEND));
    assertRefused(signedFor("http://127.0.0.1:" + (port == 65535 ? 1 : port + 1) + SEND));
    assertRefused(signedFor("http://127.0.0.1" + SEND));
  }

  @Test
  @DisplayName("R029 of several audiences one must fit")
  void severalAudiences() {
    assertAccepted(
        signed(
            fixture
                .token(SEND)
                .claim("aud", List.of("http://other.example/", fixture.endpoint() + SEND))));
  }

  @Test
  @DisplayName("R030 aud is also compared decoded once")
  void audienceWithEscapes() {
    String target = "/api/hubs/chat/groups/a%20b/:send" + VERSION;

    assertThat(fixture.sendWith(fixture.authorization(target), target).status()).isEqualTo(202);
  }

  @Test
  @DisplayName("R031 aud that mixes %20 and %2F, as SDKs send it, is good unless strictAudience")
  void audienceWithMixedEscapes() {
    String target = "/api/hubs/chat/groups/a%20b%2Fc/:send" + VERSION;

    assertThat(fixture.sendWith(fixture.authorization(target), target).status()).isEqualTo(202);
    try (RestFixture strict =
        RestFixture.of(FakeWebPubSub.builder().tokens(tokens -> tokens.strictAudience(true)))) {
      assertUnauthorized(strict.sendWith(strict.authorization(target), target));
      assertThat(strict.sendWith(strict.authorization(SEND), SEND).status()).isEqualTo(202);
    }
  }

  @Test
  @DisplayName("R032 a client access token is answered 401")
  void clientToken() {
    assertRefused(bearer(fixture.fixture().signed(fixture.fixture().token())));
  }

  @Test
  @DisplayName("R223 aud of the loopback alias localhost is good")
  void audienceOfLoopbackAlias() {
    assertAccepted(signedFor("http://localhost:" + fixture.endpoint().getPort() + SEND));
  }

  @Test
  @DisplayName("R224 aud of the published endpoint is good behind a proxy with its own Host")
  void audienceBehindProxy() {
    HttpAnswer answer = fixture.sendWithHost("proxy.example", fixture.authorization(SEND), SEND);

    assertThat(answer.status()).isEqualTo(202);
    client.expectText("x");
  }

  @Test
  @DisplayName("R225 aud of a proxy is good for the Host of that proxy and for no other")
  void audienceOfProxy() {
    String authorization = signedFor("http://proxy.example" + SEND);

    assertThat(fixture.sendWithHost("proxy.example", authorization, SEND).status()).isEqualTo(202);
    client.expectText("x");
    assertRefused(authorization);
  }

  // Microsoft Entra

  @Test
  @DisplayName("R033 an Entra token is answered 401 by default")
  void entraToken() {
    assertRefused(bearer(entra(Duration.ofHours(1))));
  }

  @Test
  @DisplayName("R034 an Entra token is good with the opt-in")
  void entraOptIn() {
    try (RestFixture entra = RestFixture.of(entraAccepted())) {
      WireClient receiver = entra.raw();

      assertThat(entra.sendWith(bearer(entra(Duration.ofHours(1))), SEND).status()).isEqualTo(202);
      receiver.expectText("x");
    }
  }

  @Test
  @DisplayName("R035 an expired Entra token is answered 401 also with the opt-in")
  void entraExpired() {
    try (RestFixture entra = RestFixture.of(entraAccepted())) {
      assertUnauthorized(entra.sendWith(bearer(entra(Duration.ofMinutes(-6))), SEND));
    }
  }

  private static FakeWebPubSubBuilder entraAccepted() {
    return FakeWebPubSub.builder().tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true));
  }

  private static String entra(Duration expiresIn) {
    return TestTokens.empty()
        .header("alg", "RS256")
        .audience(ENTRA)
        .expiresIn(expiresIn)
        .signedBy(OTHER_KEY);
  }

  // verdicts

  private String signed(TestTokens token) {
    return bearer(token.signedBy(fixture.accessKey()));
  }

  private String signedFor(String url) {
    assertThat(URI.create(url).isAbsolute()).isTrue();
    return signed(TestTokens.forUrl(url));
  }

  private void assertAccepted(String authorization) {
    HttpAnswer answer = fixture.sendWith(authorization, SEND);
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    client.expectText("x");
  }

  private void assertRefused(String authorization) {
    assertUnauthorized(fixture.sendWith(authorization, SEND));
    client.expectOpen();
  }

  private static void assertAuthenticated(HttpAnswer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }
}
