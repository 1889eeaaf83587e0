package io.github.webpubsubtestkit.internal.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final URI ENDPOINT = URI.create("http://127.0.0.1:8080");
  private static final String OTHER_KEY = "another-access-key-of-32-bytes-or-more";
  private static final String CLIENT = "http://127.0.0.1:8080/client/hubs/chat";
  private static final String SEND = "http://127.0.0.1:8080/api/hubs/chat/:send";

  private final AccessKeys keys = AccessKeys.of(RawTokens.KEY, OTHER_KEY);
  private final TokenVerifier verifier = verifier(Options.defaults());

  private TokenVerifier verifier(Options options) {
    return new TokenVerifier(
        keys, options, InstantSource.fixed(NOW), InstantSource.fixed(NOW), () -> ENDPOINT);
  }

  @Test
  @DisplayName("the test vector of client-protocols B.7 is accepted on localhost:8080")
  void acceptsTheTestVector() throws InvalidTokenException {
    String vector =
        "eyJhbGciOiJIUzI1NiJ9."
            + "eyJhdWQiOiJodHRwOi8vbG9jYWxob3N0OjgwODAvY2xpZW50L2h1YnMvY2hhdCIsImV4cCI6NDEwMjQ0NDgw"
            + "MCwic3ViIjoiYWxpY2UiLCJyb2xlIjpbIndlYnB1YnN1Yi5qb2luTGVhdmVHcm91cCIsIndlYnB1YnN1Yi5z"
            + "ZW5kVG9Hcm91cCJdLCJ3ZWJwdWJzdWIuZ3JvdXAiOlsiZyJdfQ."
            + "crIjGabyXyaN5Ci-Y_jl6Y_jIL1SY7mp-svEVysSo7Y";

    ClientClaims claims = verifier.verifyClient(vector, "chat", "127.0.0.1:8080");

    assertThat(claims.userId()).isEqualTo("alice");
    assertThat(claims.roles()).containsExactly("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");
    assertThat(claims.groups()).containsExactly("g");
    assertThat(claims.claims()).containsEntry("exp", List.of("4102444800"));
  }

  @ParameterizedTest(name = "{0} for hub {1}: {2}")
  @CsvSource({
    "http://127.0.0.1:8080/client/hubs/chat, chat, true",
    "https://127.0.0.1:8080/client/hubs/chat, chat, true",
    "ws://127.0.0.1:8080/client/hubs/chat, chat, true",
    "wss://127.0.0.1:8080/client/hubs/chat, chat, true",
    "ftp://127.0.0.1:8080/client/hubs/chat, chat, false",
    "HTTP://LOCALHOST:8080/CLIENT/HUBS/CHAT, chat, true",
    "http://127.0.0.1:8080/client/hubs/chat, CHAT, true",
    "http://localhost:8080/client/hubs/chat, chat, true",
    "http://[::1]:8080/client/hubs/chat, chat, true",
    "http://localhost:8081/client/hubs/chat, chat, false",
    "http://localhost/client/hubs/chat, chat, false",
    "http://proxy.example/client/hubs/chat, chat, true",
    "http://proxy.example:80/client/hubs/chat, chat, true",
    "https://proxy.example:443/client/hubs/chat, chat, true",
    "https://proxy.example:80/client/hubs/chat, chat, false",
    "http://configured:8080/client/hubs/chat, chat, true",
    "http://configured/client/hubs/chat, chat, true",
    "http://configured:9/client/hubs/chat, chat, false",
    "http://other/client/hubs/chat, chat, false",
    "http://127.0.0.1:8080client/hubs/chat, chat, false",
    "http://127.0.0.1:8080/client/hubs/other, chat, false",
    "http://127.0.0.1:8080/client/hubs/chat2, chat, false",
    "http://127.0.0.1:8080/client/?hub=chat, chat, true",
    "http://127.0.0.1:8080/client?hub=chat, chat, true",
    "http://127.0.0.1:8080/client?hub=other, chat, false",
    "http://127.0.0.1:8080/client/hubs/chat%5B1%5D, chat[1], true",
    "http://127.0.0.1:8080/api/hubs/chat, chat, false",
    "/client/hubs/chat, chat, false",
    "chat, chat, false",
    "'', chat, false"
  })
  @DisplayName("audience of a client token")
  void clientAudience(String audience, String hub, boolean accepted) {
    Options options =
        Options.builder().set(Setting.ADDITIONAL_HOST_NAMES, List.of("configured")).build();
    String token = RawTokens.signed("{\"aud\":\"" + audience + "\",\"exp\":4102444800}");

    expect(accepted, () -> verifier(options).verifyClient(token, hub, "proxy.example"));
  }

  @Test
  @DisplayName("with checkAudienceHost off only the path of an audience counts")
  void audienceHostCanBeIgnored() {
    TokenVerifier lenient =
        verifier(Options.builder().turn(Option.CHECK_AUDIENCE_HOST, false).build());

    expect(true, () -> lenient.verifyClient(token("http://x/client/hubs/chat"), "chat", null));
    expect(false, () -> lenient.verifyClient(token("http://x/client/hubs/b"), "chat", null));
    expect(true, () -> lenient.verifyRest(token("http://x/api/a"), "/api/a", null));
    expect(false, () -> lenient.verifyRest(token("http://x/api/b"), "/api/a", null));
  }

  @ParameterizedTest(name = "{0} for {1}: {2}, strict {3}")
  @CsvSource({
    "http://h/api/hubs/chat/:send, /api/hubs/chat/:send, true, true",
    "http://h/api/hubs/chat/:send?api-version=2024-12-01&excluded=a, /api/hubs/chat/:send, true, true",
    "wss://H/api/hubs/chat/:send, /api/hubs/chat/:send, true, true",
    "ftp://h/api/hubs/chat/:send, /api/hubs/chat/:send, false, false",
    "http://h/api/hubs/CHAT/:send, /api/hubs/chat/:send, false, false",
    "http://h/api/g/connections, /api/g/connections/, true, true",
    "http://h/api/g/connections/, /api/g/connections, true, true",
    "http://h/api/g/connections/child, /api/g/connections, true, true",
    "http://h/api/g/connectionsSuffix, /api/g/connections, false, false",
    "http://h/api/g/connections%3Fquery, /api/g/connections, true, true",
    "http://h/api/g/connections%253Fquery, /api/g/connections, false, false",
    "http://h/api/g/a%20b/:send, /api/g/a%20b/:send, true, true",
    "http://h/api/g/a%2Fb/:send, /api/g/a%2Fb/:send, true, true",
    "http://h/api/g/a%20b%2Fc/:send, /api/g/a%20b%2Fc/:send, true, false",
    "http://h/api/g/a%2520b/:send, /api/g/a%2520b/:send, true, true",
    "http://h/api/g/a+b/:send, /api/g/a+b/:send, true, true",
    "http://h/api/g/a b/:send, /api/g/a+b/:send, false, false",
    "http://h/api, /api/hubs/chat/:send, false, false",
    "http://127.0.0.1:8080/api/a, /api/a, true, false",
    "http://localhost:8080/api/a, /api/a, true, false",
    "http://other/api/a, /api/a, false, false",
    "http://h:80/api/a, /api/a, true, true",
    "http://h:81/api/a, /api/a, false, false"
  })
  @DisplayName("audience of a REST token")
  void restAudience(String audience, String path, boolean accepted, boolean strictly) {
    TokenVerifier strict = verifier(Options.builder().turn(Option.STRICT_AUDIENCE, true).build());

    expect(accepted, () -> verifier.verifyRest(token(audience), path, "h"));
    expect(strictly, () -> strict.verifyRest(token(audience), path, "h"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "seconds since expiry 299 | \"exp\":1893455701 | true",
        "seconds since expiry 300 | \"exp\":1893455700 | true",
        "seconds since expiry 301 | \"exp\":1893455699 | false",
        "seconds until valid 299 | \"exp\":4102444800,\"nbf\":1893456299 | true",
        "seconds until valid 300 | \"exp\":4102444800,\"nbf\":1893456300 | true",
        "seconds until valid 301 | \"exp\":4102444800,\"nbf\":1893456301 | false",
        "no exp | \"x\":1 | false",
        "exp null | \"exp\":null | false",
        "exp a string | \"exp\":\"4102444800\" | false",
        "exp a fraction | \"exp\":4102444800.5 | true",
        "exp with exponent | \"exp\":4.1e9 | true",
        "exp beyond all dates | \"exp\":1e300 | true",
        "exp before all dates | \"exp\":-1e300 | false",
        "exp of many digits | \"exp\":99999999999999999999999999 | true",
        "nbf a string | \"exp\":4102444800,\"nbf\":\"1\" | false",
        "nbf beyond all dates | \"exp\":4102444800,\"nbf\":1e300 | false",
        "iat of another type is not looked at | \"exp\":4102444800,\"iat\":\"now\" | true",
        "iss and jti of another type | \"exp\":4102444800,\"iss\":5,\"jti\":[1] | true"
      })
  @DisplayName("lifetime of a token")
  void lifetime(String what, String claims, boolean accepted) {
    String token = RawTokens.signed("{\"aud\":\"" + CLIENT + "\"," + claims + "}");

    expect(accepted, () -> verifier.verifyClient(token, "chat", null));
  }

  @Test
  @DisplayName("a token is judged by the time of each use, also when its signature is known")
  void timeIsNeverRemembered() throws InvalidTokenException {
    Instant[] now = {NOW};
    TokenVerifier moving =
        new TokenVerifier(keys, Options.defaults(), () -> now[0], () -> now[0], () -> ENDPOINT);
    String token =
        new TokenMinter(keys, InstantSource.fixed(NOW))
            .clientToken(CLIENT, null, List.of(), List.of(), Duration.ofMinutes(1));

    assertThat(moving.verifyClient(token, "chat", null).userId()).isNull();
    now[0] = NOW.plus(Duration.ofMinutes(7));

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> moving.verifyClient(token, "chat", null))
        .satisfies(
            e ->
                assertThat(e.description())
                    .isEqualTo(
                        "The token expired at '2030-01-01T00:01:00Z'; it is"
                            + " '2030-01-01T00:07:00Z' by the real time"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "alg only | {\"alg\":\"HS256\"} | true",
        "typ, cty and an unknown kid | {\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"s-1\",\"cty\":\"JWT\"} | true",
        "kid of another type | {\"alg\":\"HS256\",\"kid\":5} | true",
        "another algorithm named | {\"alg\":\"HS512\"} | false",
        "no algorithm | {\"typ\":\"JWT\"} | false",
        "algorithm in lower case | {\"alg\":\"hs256\"} | false",
        "alg none | {\"alg\":\"none\"} | false",
        "alg twice | {\"alg\":\"HS256\",\"alg\":\"HS256\"} | false",
        "alg a number | {\"alg\":256} | false",
        "critical extension | {\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1} | false",
        "an array | [] | false",
        "no JSON | alg=HS256 | false",
        "JSON and more | {\"alg\":\"HS256\"} x | false"
      })
  @DisplayName("header of a token")
  void header(String what, String header, boolean accepted) {
    String token =
        RawTokens.signed(header, clientPayload(), "HmacSHA256", RawTokens.KEY.getBytes(UTF_8));

    expect(accepted, () -> verifier.verifyClient(token, "chat", null));
  }

  @Test
  @DisplayName("HS384 and HS512 with the right key are refused, whatever the length of the key")
  void otherAlgorithms() {
    String longKey = "k".repeat(80);
    TokenVerifier ofLongKey =
        new TokenVerifier(
            AccessKeys.of(longKey, null),
            Options.defaults(),
            InstantSource.fixed(NOW),
            InstantSource.fixed(NOW),
            () -> ENDPOINT);
    byte[] bytes = longKey.getBytes(UTF_8);

    for (String bits : List.of("384", "512")) {
      String token =
          RawTokens.signed(
              "{\"alg\":\"HS" + bits + "\"}", clientPayload(), "HmacSHA" + bits, bytes);
      expect(false, () -> ofLongKey.verifyClient(token, "chat", null));
    }
    String token = RawTokens.signed("{\"alg\":\"HS256\"}", clientPayload(), "HmacSHA256", bytes);
    expect(true, () -> ofLongKey.verifyClient(token, "chat", null));
  }

  @Test
  @DisplayName("either key is good, any other is not, nor is the decoded form of a good one")
  void keysOfTheService() {
    expect(true, () -> verifier.verifyClient(signedWith(OTHER_KEY), "chat", null));
    expect(false, () -> verifier.verifyClient(signedWith("x".repeat(40)), "chat", null));

    String base64 = Base64.getEncoder().encodeToString("x".repeat(36).getBytes(UTF_8));
    TokenVerifier ofBase64 =
        new TokenVerifier(
            AccessKeys.of(base64, null),
            Options.defaults(),
            InstantSource.fixed(NOW),
            InstantSource.fixed(NOW),
            () -> ENDPOINT);
    expect(true, () -> ofBase64.verifyClient(signedWith(base64), "chat", null));
    expect(false, () -> ofBase64.verifyClient(signedWith("x".repeat(36)), "chat", null));
  }

  private static String signedWith(String key) {
    return RawTokens.signed(
        "{\"alg\":\"HS256\"}", clientPayload(), "HmacSHA256", key.getBytes(UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "\"aud\":null",
        "\"aud\":5",
        "\"aud\":[]",
        "\"aud\":{}",
        "\"aud\":[\"" + CLIENT + "\",5]",
        "\"aud\":\"" + CLIENT + "\",\"sub\":5",
        "\"aud\":\"" + CLIENT + "\",\"sub\":[\"a\"]",
        "\"aud\":\"" + CLIENT + "\",\"sub\":{}",
        "\"aud\":\"" + CLIENT + "\",\"role\":5",
        "\"aud\":\"" + CLIENT + "\",\"role\":[\"a\",null]",
        "\"aud\":\"" + CLIENT + "\",\"webpubsub.group\":{\"a\":1}",
        "\"aud\":\"" + CLIENT + "\",\"aud\":\"" + CLIENT + "\""
      })
  @DisplayName("claims of a wrong type are refused")
  void wrongTypes(String claims) {
    String token = RawTokens.signed("{\"exp\":4102444800," + claims + "}");

    expect(false, () -> verifier.verifyClient(token, "chat", null));
  }

  @Test
  @DisplayName("aud, role and webpubsub.group may be one string or an array")
  void stringsAndArrays() throws InvalidTokenException {
    ClientClaims single = claims("\"role\":\"r\",\"webpubsub.group\":\"g\"");
    ClientClaims several = claims("\"role\":[\"r\",\"s\"],\"webpubsub.group\":[]");
    String token = RawTokens.signed("{\"aud\":[\"x\",\"" + CLIENT + "\"],\"exp\":4102444800}");

    assertThat(single.roles()).containsExactly("r");
    assertThat(single.groups()).containsExactly("g");
    assertThat(several.roles()).containsExactly("r", "s");
    assertThat(several.groups()).isEmpty();
    expect(true, () -> verifier.verifyClient(token, "chat", null));
  }

  @Test
  @DisplayName("the user id is sub, also an empty one, else nameid or nameidentifier")
  void userIds() throws InvalidTokenException {
    String longName = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier";

    assertThat(claims("\"sub\":\"a\",\"nameid\":\"b\"").userId()).isEqualTo("a");
    assertThat(claims("\"sub\":\"\",\"nameid\":\"b\"").userId()).isEmpty();
    assertThat(claims("\"sub\":null,\"nameid\":\"b\"").userId()).isEqualTo("b");
    assertThat(claims("\"" + longName + "\":\"c\"").userId()).isEqualTo("c");
    assertThat(claims("\"x\":\"b\"").userId()).isNull();
  }

  @Test
  @DisplayName("every claim is handed on as texts: numbers and structures as their JSON")
  void otherClaims() throws InvalidTokenException {
    ClientClaims claims =
        claims(
            "\"n\":1.50,\"t\":true,\"o\":{\"a\" : [1, \"ü\"]},\"l\":[\"x\",2,{\"y\":3}],\"z\":null");

    assertThat(claims.claims())
        .containsEntry("aud", List.of(CLIENT))
        .containsEntry("n", List.of("1.50"))
        .containsEntry("t", List.of("true"))
        .containsEntry("o", List.of("{\"a\" : [1, \"ü\"]}"))
        .containsEntry("l", List.of("x", "2", "{\"y\":3}"))
        .doesNotContainKey("z");
  }

  private ClientClaims claims(String claims) throws InvalidTokenException {
    String token =
        RawTokens.signed("{\"aud\":\"" + CLIENT + "\",\"exp\":4102444800," + claims + "}");
    return verifier.verifyClient(token, "chat", null);
  }

  @Test
  @DisplayName("Entra tokens are refused unless asked for, and then only their lifetime is checked")
  void entra() throws InvalidTokenException {
    String header = "{\"alg\":\"RS256\"}";
    String payload = "{\"aud\":\"https://webpubsub.azure.com\",\"exp\":1893456000}";
    String expired = "{\"aud\":\"https://webpubsub.azure.com\",\"exp\":1893455640}";
    TokenVerifier accepting =
        verifier(Options.builder().turn(Option.ACCEPT_UNVALIDATED_ENTRA_TOKENS, true).build());

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> verifier.verifyRest(unsigned(header, payload), "/api/a", null))
        .satisfies(e -> assertThat(e.description()).contains("acceptUnvalidatedEntraTokens"));
    assertThat(accepting.verifyRest(unsigned(header, payload), "/api/a", null))
        .isEqualTo(RestTokenKind.ENTRA);
    expect(false, () -> accepting.verifyRest(unsigned(header, expired), "/api/a", null));
    expect(false, () -> accepting.verifyClient(unsigned(header, payload), "chat", null));
    assertThat(accepting.verifyRest(token(SEND), "/api/hubs/chat/:send", null))
        .isEqualTo(RestTokenKind.ACCESS_KEY);
    expect(
        false,
        () ->
            accepting.verifyRest(
                unsigned(header, "{\"aud\":\"" + SEND + "\",\"exp\":4102444800}"),
                "/api/hubs/chat/:send",
                null));
  }

  private static String unsigned(String header, String payload) {
    return RawTokens.part(header.getBytes(UTF_8))
        + "."
        + RawTokens.part(payload.getBytes(UTF_8))
        + ".AAAA";
  }

  @Test
  @DisplayName("a refusal says what is wrong in printable ASCII without quotes")
  void descriptions() {
    assertThat(refusal("a.b")).isEqualTo("The token is malformed: it must have three parts");
    assertThat(refusal(RawTokens.signed("{\"aud\":\"x\"}")))
        .isEqualTo("The token has no expiration time");
    assertThat(refusal(RawTokens.signed("{\"aud\":\"http://ü\\\"\\\\\\n\",\"exp\":4102444800}")))
        .isEqualTo(
            "The audience is invalid: the token is for 'http://?'??' and the request is for"
                + " '/client/hubs/chat' of this service");
    assertThat(refusal(signedWith("x".repeat(40)))).startsWith("The signature is invalid");
    assertThat(refusal(RawTokens.signed("{\"exp\":-1e300}")))
        .isEqualTo(
            "The token expired at '-1.0E300'; it is '2030-01-01T00:00:00Z' by the real time");
  }

  private String refusal(String token) {
    try {
      verifier.verifyClient(token, "chat", null);
      return "accepted";
    } catch (InvalidTokenException e) {
      return e.description();
    }
  }

  @Test
  @DisplayName("no garbage gets more than an InvalidTokenException out of it")
  void garbage() {
    Random random = new Random(7);
    String good = RawTokens.signed(clientPayload());
    for (int i = 0; i < 3_000; i++) {
      String token = garbage(random, good);
      expectRefused(token);
    }
    expectRefused("");
    expectRefused("..");
    expectRefused(good + ".");
    expectRefused("." + good);
    expectRefused(RawTokens.signed("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
  }

  /** Text without meaning, a damaged token, or a signed payload without meaning. */
  private static String garbage(Random random, String good) {
    StringBuilder text = new StringBuilder();
    switch (random.nextInt(4)) {
      case 0 -> random.ints(random.nextInt(60), 0, 0x300).forEach(c -> text.append((char) c));
      case 1 -> random.ints(random.nextInt(60), 45, 123).forEach(c -> text.append((char) c));
      case 2 -> {
        int at = random.nextInt(good.length() - 2); // the last character has bits without meaning
        text.append(good).setCharAt(at, good.charAt(at) == 'A' ? 'B' : 'A');
      }
      default -> {
        StringBuilder payload = new StringBuilder();
        random.ints(20, 0, 14).forEach(i -> payload.append("{}[]:,\"a1 \\u.-".charAt(i)));
        text.append(RawTokens.signed(payload.toString()));
      }
    }
    return text.toString();
  }

  private void expectRefused(String token) {
    expect(false, () -> verifier.verifyClient(token, "chat", null));
    expect(false, () -> verifier.verifyRest(token, "/api/hubs/chat/:send", null));
  }

  private interface Check {
    void run() throws Exception;
  }

  private static void expect(boolean accepted, Check check) {
    if (accepted) {
      assertThatCode(check::run).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(check::run);
    }
  }

  private static String token(String audience) {
    return RawTokens.signed("{\"aud\":\"" + audience + "\",\"exp\":4102444800}");
  }

  private static String clientPayload() {
    return "{\"aud\":\"" + CLIENT + "\",\"exp\":4102444800}";
  }
}
