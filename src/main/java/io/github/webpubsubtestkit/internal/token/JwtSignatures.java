package io.github.webpubsubtestkit.internal.token;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureRequest;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens in their compact form, by HS256 and nothing else. The signatures are jjwt's; its
 * builder and parser are not used, because they load two hundred classes more for the first token
 * of a JVM, and would not handle header and claims as required: the builder drops empty user ids,
 * the parser also accepts HS512.
 *
 * <p>Even so that first token is a large part of the cost of a first fake. This class creates and
 * checks one when it is initialised, and an engine does that in parallel with its own start. Other
 * threads that need a token meanwhile wait for it here, and do not collide with that thread in the
 * initialisers of jjwt.
 */
public final class JwtSignatures {

  private static final String ALGORITHM = "HS256";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private static final String HEADER = encoded("{\"alg\":\"HS256\"}");
  private static final String FOREIGN_HEADER = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");

  /** The header of the last token that was accepted: most tokens of a fake have the same. */
  private static volatile String accepted = "";

  static {
    try {
      SecretKey any = AccessKeys.secret("0123456789abcdef0123456789abcdef");
      payload(sign(any, Map.of("aud", "http://localhost")), List.of(any));
    } catch (RuntimeException | LinkageError e) {
      // no jjwt, or an incompatible one: the first use of a token will report that
    }
  }

  private JwtSignatures() {}

  /** Initialises the classes for tokens, once in a JVM; returns when that is done. */
  public static void initialize() {}

  /** The usual header. */
  static String header() {
    return HEADER;
  }

  /** A header with a {@code kid}. */
  static String header(String kid) {
    return encoded("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}");
  }

  private static String encoded(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.US_ASCII)) + '.';
  }

  /** A token that is signed with the key. */
  static String sign(SecretKey key, Map<String, Object> claims) {
    return sign(HEADER, key, claims);
  }

  /** A token with this header, one of the above. */
  static String sign(String header, SecretKey key, Map<String, Object> claims) {
    String signed = header + ENCODER.encodeToString(JwtJson.write(claims));
    byte[] signature = Jwts.SIG.HS256.digest(new Signing(signed, key, new byte[0]));
    return signed + '.' + ENCODER.encodeToString(signature);
  }

  /** A token like those of an issuer that signs with RS256, but without a valid signature. */
  static String unsigned(Map<String, Object> claims) {
    return FOREIGN_HEADER
        + ENCODER.encodeToString(JwtJson.write(claims))
        + '.'
        + ENCODER.encodeToString("unsigned".getBytes(StandardCharsets.US_ASCII));
  }

  /** The payload of a token; null if it is not signed with one of the keys. */
  static byte @Nullable [] payload(String jwt, List<SecretKey> keys) {
    int first = jwt.indexOf('.');
    int last = jwt.lastIndexOf('.');
    if (first < 0 || jwt.indexOf('.', first + 1) != last) {
      return null; // no three parts
    }
    try {
      String header = jwt.substring(0, first);
      if (!header.equals(accepted) && !JwtJson.isHeaderOf(ALGORITHM, DECODER.decode(header))) {
        return null;
      }
      accepted = header;
      byte[] signature = DECODER.decode(jwt.substring(last + 1));
      String signed = jwt.substring(0, last);
      for (SecretKey key : keys) {
        if (Jwts.SIG.HS256.verify(new Signing(signed, key, signature))) {
          return DECODER.decode(jwt.substring(first + 1, last));
        }
      }
    } catch (IllegalArgumentException e) {
      // one part is no base64url
    }
    return null;
  }

  /** The parameters for jjwt; the digest only for verification. */
  private record Signing(String signed, SecretKey key, byte[] digest)
      implements SecureRequest<InputStream, SecretKey>, VerifySecureDigestRequest<SecretKey> {

    @Override
    public InputStream getPayload() {
      return new ByteArrayInputStream(signed.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SecretKey getKey() {
      return key;
    }

    @Override
    public byte[] getDigest() {
      return digest;
    }

    @Override
    public @Nullable Provider getProvider() {
      return null; // the JDK's
    }

    @Override
    public @Nullable SecureRandom getSecureRandom() {
      return null; // no need of one
    }
  }
}
