package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** What proves to an application that a request comes from the service (event-handlers 4.3). */
public final class WebhookSignatures {

  private static final String ALGORITHM = "HmacSHA256";

  private final AccessKeys keys;

  /** Signatures by the keys as they are when something is signed. */
  public WebhookSignatures(AccessKeys keys) {
    this.keys = keys;
  }

  /** The value of {@code ce-signature}: one part for each key, the primary one first. */
  public String of(String connectionId) {
    byte[] message = connectionId.getBytes(StandardCharsets.UTF_8);
    StringBuilder value = new StringBuilder(160);
    for (SecretKey key : keys.secrets().valid()) { // both of the same moment
      value.append(value.length() == 0 ? "" : ",").append(part(key, message));
    }
    return value.toString();
  }

  private static String part(SecretKey key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
