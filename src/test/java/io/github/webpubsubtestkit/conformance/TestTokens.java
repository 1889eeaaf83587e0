package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * JSON web tokens put together by hand, good ones and bad ones.
 *
 * <p>Nothing here comes from the kit's token room, so that an error made there cannot hide itself.
 * Header and claims keep the order in which they were set.
 */
public final class TestTokens {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  private TestTokens() {
    header.put("alg", "HS256");
  }

  /** A token with the header {@code {"alg":"HS256"}} and no claim at all. */
  public static TestTokens empty() {
    return new TestTokens();
  }

  /** A client token as the Java SDK makes it: audience of the hub's endpoint, one hour to live. */
  public static TestTokens forClient(URI endpoint, String hub) {
    return forUrl(endpoint + "/client/hubs/" + hub);
  }

  /** A token with this audience and one hour to live. */
  public static TestTokens forUrl(String url) {
    return empty().claim("aud", url).expiresIn(Duration.ofHours(1));
  }

  /** Sets a header parameter, or replaces it. */
  public TestTokens header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  /** Sets a claim, or replaces it. */
  public TestTokens claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  /** Takes a claim out. */
  public TestTokens without(String name) {
    claims.remove(name);
    return this;
  }

  /** Sets {@code aud} to one string. */
  public TestTokens audience(String audience) {
    return claim("aud", audience);
  }

  /** Sets {@code exp} relative to now; a negative time has passed. */
  public TestTokens expiresIn(Duration time) {
    return claim("exp", Instant.now().plus(time).getEpochSecond());
  }

  /** Sets {@code nbf} relative to now. */
  public TestTokens notBefore(Duration time) {
    return claim("nbf", Instant.now().plus(time).getEpochSecond());
  }

  /** Sets {@code sub}, the user id. */
  public TestTokens user(String userId) {
    return claim("sub", userId);
  }

  /** Sets the role claim to an array. */
  public TestTokens roles(String... roles) {
    return claim("role", List.of(roles));
  }

  /** Sets the group claim to an array. */
  public TestTokens groups(String... groups) {
    return claim("webpubsub.group", List.of(groups));
  }

  /** The token, signed with the UTF-8 bytes of the key. */
  public String signedBy(String key) {
    return signedBy(key.getBytes(UTF_8));
  }

  /** The token, signed with these bytes. */
  public String signedBy(byte[] key) {
    return signed("HmacSHA256", key);
  }

  /** The token with {@code alg} HS512 and a signature to match. */
  public String signedHs512By(String key) {
    header("alg", "HS512");
    return signed("HmacSHA512", key.getBytes(UTF_8));
  }

  /** The token with {@code alg} none and an empty signature. */
  public String unsigned() {
    header("alg", "none");
    return content() + ".";
  }

  private String signed(String algorithm, byte[] key) {
    String content = content();
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return content + "." + BASE64URL.encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private String content() {
    return encoded(header) + "." + encoded(claims);
  }

  private static String encoded(Map<String, Object> part) {
    try {
      return BASE64URL.encodeToString(JSON.writeValueAsBytes(part));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + part, e);
    }
  }
}
