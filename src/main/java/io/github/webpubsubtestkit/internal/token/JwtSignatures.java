package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens in their compact form, by HS256 and nothing else.
 *
 * <p>The first token of a JVM is a large part of the cost of a first fake. This class creates and
 * checks one when it is initialised, and an engine does that in parallel with its own start.
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
    HmacKey any = HmacKey.of("0123456789abcdef0123456789abcdef");
    payload(sign(any, Map.of("aud", "http://localhost")), List.of(any));
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
  static String sign(HmacKey key, Map<String, Object> claims) {
    return sign(HEADER, key, claims);
  }

  /** A token with this header, one of the above. */
  static String sign(String header, HmacKey key, Map<String, Object> claims) {
    String signed = header + ENCODER.encodeToString(JwtJson.write(claims));
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
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
  static byte @Nullable [] payload(String jwt, List<HmacKey> keys) {
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
      byte[] signed = jwt.substring(0, last).getBytes(StandardCharsets.UTF_8);
      for (HmacKey key : keys) {
        if (MessageDigest.isEqual(key.sign(signed), signature)) {
          return DECODER.decode(jwt.substring(first + 1, last));
        }
      }
    } catch (IllegalArgumentException e) {
      // one part is no base64url
    }
    return null;
  }
}
