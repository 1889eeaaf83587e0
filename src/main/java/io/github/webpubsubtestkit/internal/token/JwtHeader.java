package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The header of a token.
 *
 * @param encoded its JSON in base64url
 */
record JwtHeader(String encoded) {

  /** The header of most tokens. */
  static final JwtHeader USUAL = ofJson("{\"alg\":\"HS256\"}");

  /** The header of an issuer that signs with RS256. */
  static final JwtHeader FOREIGN = ofJson("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");

  /** A header with a {@code kid}. */
  static JwtHeader withKeyId(String kid) {
    return ofJson("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}");
  }

  private static JwtHeader ofJson(String json) {
    return new JwtHeader(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.US_ASCII)));
  }
}
