package io.github.webpubsubtestkit.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as applications make them that use no library. */
final class ServerTokens {

  private static final String HEADER =
      encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

  private ServerTokens() {}

  /** A token for one audience, valid for an hour. */
  static String of(String accessKey, String audience) {
    long now = Instant.now().getEpochSecond();
    String claims = "{\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}".formatted(audience, now, now + 3_600);
    String content = HEADER + "." + encoded(claims.getBytes(UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(accessKey.getBytes(UTF_8), "HmacSHA256"));
      return content + "." + encoded(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
