package io.github.webpubsubtestkit.internal.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.secrets.Pieces;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is said of a refused token: its claims, never the token")
class TokenDescriptionTest {

  private static final String SIGNATURE = "c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4tMDEyMzQ1Njc4OQ";

  private static String token(String claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(UTF_8))
        + "."
        + SIGNATURE;
  }

  private static String describe(String claims) {
    String token = token(claims);
    String description = TokenDescription.of(token);
    assertThat(description).doesNotContain(SIGNATURE).satisfies(Pieces.noneOf(token));
    return description;
  }

  @Test
  void allThatMatters() {
    assertThat(
            describe(
                """
                {"sub":"alice","aud":"http://h/client/hubs/chat","role":["a","b"],
                 "webpubsub.group":["g"],"exp":1767225600,"nbf":1767222000.5,"other":"x"}"""))
        .isEqualTo(
            "user \"alice\", audience http://h/client/hubs/chat, roles [a, b], groups [g], expires"
                + " 2026-01-01T00:00:00Z, not valid before 2025-12-31T23:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                     | no user, no audience, roles []
          {"nameid":"bob"}       | user "bob", no audience, roles []
          {"sub":""}             | user "", no audience, roles []
          {"role":"one"}         | no user, no audience, roles [one]
          {"exp":"soon"}         | no user, no audience, roles [], expires [soon]
          {"exp":1e300}          | no user, no audience, roles [], expires [1e300]
          {"exp":-1}             | no user, no audience, roles [], expires 1969-12-31T23:59:59Z
          {"aud":["http://a","http://b"]} | no user, audience http://a, http://b, roles []
          """)
  void fewerOrOtherClaims(String claims, String description) {
    assertThat(describe(claims)).isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          garbage      | no JWT: it has 1 part
          ''           | no JWT: it has 1 part
          a.b          | no JWT: it has 2 parts
          a.b.c.d.e    | no JWT: it has 5 parts
          a.$$$.c      | no JWT: its payload is no JSON object in Base64
          a.e30x.c     | no JWT: its payload is no JSON object in Base64
          a..c         | no JWT: its payload is no JSON object in Base64
          a.W10.c      | no JWT: its payload is no JSON object in Base64
          """)
  void garbage(String token, String description) {
    assertThat(TokenDescription.of(token)).isEqualTo(description);
  }

  @Test
  void hugeClaimsAreCut() {
    String huge = "x".repeat(100_000);

    String description =
        describe(
            "{\"sub\":\"%s\",\"aud\":\"%s\",\"role\":[\"%s\"],\"webpubsub.group\":[\"%s\"],\"exp\":\"%s\"}"
                .formatted(huge, huge, huge, huge, huge));

    assertThat(description).hasSizeLessThan(800).startsWith("user \"xxx");
  }

  @Test
  void aHugeTokenOfManyPartsIsDescribedInAFewWords() {
    assertThat(TokenDescription.of(".".repeat(100_000))).isEqualTo("no JWT: it has 100001 parts");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertThat(describe("{\"sub\":\"J\u00fcrgen \ud83d\ude00\"}"))
        .startsWith("user \"J\u00fcrgen \ud83d\ude00\"");
  }

  @Test
  void aTokenWithinAClaimIsMasked() {
    String inner = token("{\"sub\":\"somebody-else-whose-token-this-is\"}");

    assertThat(describe("{\"sub\":\"" + inner + "\"}"))
        .startsWith("user \"***\"")
        .satisfies(Pieces.noneOf(inner));
  }
}
