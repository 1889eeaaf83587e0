package io.github.webpubsubtestkit.internal.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Creates tokens like the official SDKs (client-protocols B.5). */
public final class TokenMinter {

  static final String ISSUER = "https://webpubsub.azure.com";

  /** The audience of all tokens of Microsoft Entra ID for this service. */
  static final String ENTRA_AUDIENCE = "https://webpubsub.azure.com";

  private static final Duration ENTRA_LIFETIME = Duration.ofHours(1);

  private static final Duration RECONNECTION_LIFETIME = Duration.ofDays(7);

  private final AccessKeys keys;
  private final InstantSource time;
  private final JwtHeader header;

  /**
   * Creates a minter of tokens that are signed with the current primary key and start at the
   * current time of the given clock.
   */
  public TokenMinter(AccessKeys keys, InstantSource time) {
    this(keys, time, Issuer.UNKNOWN);
  }

  /** Does the same, with a header that names the issuer. */
  public TokenMinter(AccessKeys keys, InstantSource time, Issuer issuer) {
    this.keys = keys;
    this.time = time;
    this.header = issuer.header();
  }

  /**
   * A token to open a client connection with.
   *
   * @param audience {@code http://host:port/client/hubs/hub}
   * @param userId null for an anonymous client
   * @param expiresIn the lifetime; negative for an expired token
   */
  public String clientToken(
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn) {
    return SignedTokens.sign(
        header, keys.signing(), client(claims(audience, expiresIn), userId, roles, groups));
  }

  /**
   * The same, signed with any other key.
   *
   * @throws IllegalArgumentException if the key is too short for HS256
   */
  public String clientTokenSignedWith(
      String otherKey,
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn) {
    AccessKeys.check("access key", otherKey);
    return SignedTokens.sign(
        header,
        AccessKeys.secret(otherKey),
        client(claims(audience, expiresIn), userId, roles, groups));
  }

  /**
   * A client token as issued by the service itself for {@code :generateToken} (rest-api 8.9): with
   * issuer, {@code nbf} and {@code iat}.
   */
  public String generatedToken(
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn) {
    Map<String, Object> claims = claims(audience, expiresIn);
    claims.put("nbf", now());
    claims.put("iat", now());
    claims.put("iss", ISSUER);
    return SignedTokens.sign(header, keys.signing(), client(claims, userId, roles, groups));
  }

  /**
   * A token to recover a connection with, valid for a week (client-protocols B.6).
   *
   * @param connectionId the only connection that it is valid for
   */
  public String reconnectionToken(String connectionId) {
    Map<String, Object> claims = claims(connectionId, RECONNECTION_LIFETIME);
    claims.put("nbf", now());
    claims.put("iss", ISSUER);
    claims.put("jti", Long.toHexString(ThreadLocalRandom.current().nextLong()));
    return SignedTokens.sign(header, keys.signing(), claims);
  }

  /**
   * A token as Microsoft Entra ID issues it for this service (tls-and-entra 2.2), but without a
   * valid signature.
   */
  public String entraToken() {
    Map<String, Object> claims = claims(ENTRA_AUDIENCE, ENTRA_LIFETIME);
    claims.put("nbf", now());
    claims.put("iat", now());
    claims.put("iss", "https://sts.windows.net/00000000-0000-0000-0000-000000000000/");
    claims.put("sub", "webpubsub-testkit");
    return SignedTokens.unsigned(claims);
  }

  /**
   * A token for a REST call.
   *
   * @param audience the URL of the request
   */
  public String serverToken(String audience, Duration expiresIn) {
    return SignedTokens.sign(header, keys.signing(), claims(audience, expiresIn));
  }

  private Map<String, Object> claims(String audience, Duration expiresIn) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("exp", now() + expiresIn.toSeconds());
    return claims;
  }

  private static Map<String, Object> client(
      Map<String, Object> claims,
      @Nullable String userId,
      List<String> roles,
      List<String> groups) {
    if (userId != null) {
      claims.put("sub", userId);
    }
    if (!roles.isEmpty()) {
      claims.put("role", roles);
    }
    if (!groups.isEmpty()) {
      claims.put("webpubsub.group", groups);
    }
    return claims;
  }

  private long now() {
    return time.instant().getEpochSecond();
  }
}
