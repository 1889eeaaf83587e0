package io.github.webpubsubtestkit.internal.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenMinterTest {

  private static final String AUDIENCE = "http://localhost:8080/client/hubs/chat";

  private final TokenMinter minter =
      new TokenMinter(
          AccessKeys.of(RawTokens.KEY, null), InstantSource.fixed(Instant.ofEpochSecond(1_000)));

  @Test
  @DisplayName("a client token has the claims and the header of the Java SDK")
  void clientToken() {
    String token =
        minter.clientToken(AUDIENCE, "alice", List.of("r", "s"), List.of("g"), Duration.ofHours(1));

    assertThat(part(token, 0)).isEqualTo("{\"alg\":\"HS256\"}");
    assertThat(part(token, 1))
        .isEqualTo(
            "{\"aud\":\""
                + AUDIENCE
                + "\",\"exp\":4600,\"sub\":\"alice\",\"role\":[\"r\",\"s\"],\"webpubsub.group\":[\"g\"]}");
    assertThat(token).isEqualTo(RawTokens.signed(part(token, 1)));
  }

  @Test
  @DisplayName("claims without a value are left out, an empty user id is a value")
  void omittedClaims() {
    assertThat(part(minter.serverToken("http://h/api", Duration.ofSeconds(-1)), 1))
        .isEqualTo("{\"aud\":\"http://h/api\",\"exp\":999}");
    assertThat(
            part(minter.clientToken(AUDIENCE, "", List.of(), List.of(), Duration.ofSeconds(1)), 1))
        .isEqualTo("{\"aud\":\"" + AUDIENCE + "\",\"exp\":1001,\"sub\":\"\"}");
  }

  @Test
  @DisplayName("a token as the service hands it out has issuer, nbf and iat")
  void generatedToken() {
    String token =
        minter.generatedToken(AUDIENCE, null, List.of(), List.of(), Duration.ofMinutes(60));

    assertThat(part(token, 1))
        .isEqualTo(
            "{\"aud\":\""
                + AUDIENCE
                + "\",\"exp\":4600,\"nbf\":1000,\"iat\":1000,\"iss\":\"https://webpubsub.azure.com\"}");
  }

  @Test
  @DisplayName("HS256 is used for long keys too, where jjwt would choose HS512")
  void longKeys() {
    String longKey = "k".repeat(80);

    String token =
        minter.clientTokenSignedWith(
            longKey, AUDIENCE, null, List.of(), List.of(), Duration.ofMinutes(1));

    assertThat(token)
        .isEqualTo(
            RawTokens.signed(
                "{\"alg\":\"HS256\"}", part(token, 1), "HmacSHA256", longKey.getBytes(UTF_8)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                minter.clientTokenSignedWith(
                    "short", AUDIENCE, null, List.of(), List.of(), Duration.ofMinutes(1)))
        .withMessageContaining("at least 32 UTF-8 bytes");
  }

  private static String part(String token, int index) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), UTF_8);
  }
}
