package io.github.webpubsubtestkit.internal.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of any shape, good or bad, made without the code under test. */
final class RawTokens {

  static final String KEY = "fake-access-key-for-unit-tests-0123456789+/=";

  private RawTokens() {}

  static String signed(String payload) {
    return signed("{\"alg\":\"HS256\"}", payload, "HmacSHA256", KEY.getBytes(UTF_8));
  }

  static String signed(String header, String payload, String algorithm, byte[] key) {
    String content = part(header.getBytes(UTF_8)) + "." + part(payload.getBytes(UTF_8));
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return content + "." + part(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
