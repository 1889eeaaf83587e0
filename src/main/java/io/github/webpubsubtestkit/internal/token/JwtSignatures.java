package io.github.webpubsubtestkit.internal.token;

import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * All that jjwt does for us: structure, algorithm and signature of tokens.
 *
 * <p>The first token of a JVM costs more than everything else that a first fake needs, because jjwt
 * and the JDK's cryptography load hundreds of classes for it. So this class makes and checks one
 * when it is initialised, and an engine has that done beside its own start. Whoever wants a token
 * meanwhile waits for it here, and does not meet the other thread halfway in jjwt's initialisers.
 */
public final class JwtSignatures {

  private static final JwtJson.Writer JSON = new JwtJson.Writer();

  static {
    SecretKey any = AccessKeys.secret("0123456789abcdef0123456789abcdef");
    parser(any).parseSignedContent(sign(any, Map.of("aud", "http://localhost")));
  }

  private JwtSignatures() {}

  /** Initialises what tokens need, once in a JVM; returns when that is done. */
  public static void initialize() {}

  /**
   * A signed token. The claims are written here and not by jjwt, which drops empty user ids. With a
   * key of 64 bytes or more and no algorithm named, it would sign with HS512.
   */
  static String sign(SecretKey key, Map<String, Object> claims) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream(256);
    JSON.serialize(claims, payload);
    return Jwts.builder()
        .json(JSON)
        .content(payload.toByteArray())
        .signWith(key, Jwts.SIG.HS256)
        .compact();
  }

  /** Who accepts the tokens that are signed with the key, by HS256 and nothing else. */
  static JwtParser parser(SecretKey key) {
    return Jwts.parser()
        .json(new JwtJson.HeaderReader())
        .verifyWith(key)
        .sig() // by default HS384 and HS512 would pass too
        .clear()
        .add(Jwts.SIG.HS256)
        .and()
        .build();
  }
}
