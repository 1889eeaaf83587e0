package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the kit itself signs, by HS256 and in their compact form.
 *
 * <p>The kit's own clients bring back what was signed here a moment ago. Such a token is
 * recognized, so that a test without other clients neither checks a signature nor loads the library
 * that does.
 *
 * <p>Even so the first token is a large part of the cost of a first fake. This class makes one when
 * it is initialised, and an engine does that in parallel with its own start. Other threads that
 * need a token meanwhile wait for it here.
 */
public final class SignedTokens {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private static final int REMEMBERED = 16; // a power of two
  private static final AtomicReferenceArray<@Nullable Signed> LATEST =
      new AtomicReferenceArray<>(REMEMBERED);

  /** A token, and what it was made of. */
  private record Signed(String jwt, SecretKey key, Map<String, Object> claims) {}

  static {
    sign(
        JwtHeader.USUAL,
        AccessKeys.secret("0123456789abcdef0123456789abcdef"),
        Map.of("aud", "http://localhost"));
  }

  private SignedTokens() {}

  /** Initialises the classes for tokens, once in a JVM; returns when that is done. */
  public static void initialize() {}

  /**
   * A token that is signed with the key, with a header that says HS256.
   *
   * @param claims texts, whole numbers and lists of texts; not changed afterwards
   */
  static String sign(JwtHeader header, SecretKey key, Map<String, Object> claims) {
    String signed = toSign(header, claims);
    byte[] signature = HmacSha256.sign(key, signed.getBytes(StandardCharsets.US_ASCII));
    String jwt = signed + '.' + ENCODER.encodeToString(signature);
    LATEST.set(slot(jwt), new Signed(jwt, key, claims));
    return jwt;
  }

  /** A token like those of an issuer that signs with RS256, but without a valid signature. */
  static String unsigned(Map<String, Object> claims) {
    return toSign(JwtHeader.FOREIGN, claims)
        + '.'
        + ENCODER.encodeToString("unsigned".getBytes(StandardCharsets.US_ASCII));
  }

  /** Header and payload. */
  private static String toSign(JwtHeader header, Map<String, Object> claims) {
    return header.encoded() + '.' + ENCODER.encodeToString(ClaimsWriter.write(claims));
  }

  /**
   * The claims of a token; null if it is none of those signed lately, or with another key than
   * these.
   */
  static @Nullable Claims claims(String jwt, List<SecretKey> keys) {
    Signed known = LATEST.get(slot(jwt));
    return known != null && known.jwt().equals(jwt) && keys.contains(known.key())
        ? Claims.of(known.claims())
        : null;
  }

  private static int slot(String jwt) {
    return jwt.hashCode() & (REMEMBERED - 1);
  }
}
