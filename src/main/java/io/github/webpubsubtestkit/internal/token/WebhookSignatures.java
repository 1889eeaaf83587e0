package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

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
    String primary = part(keys.primary(), connectionId);
    @Nullable String secondary = keys.secondary();
    return secondary == null ? primary : primary + "," + part(secondary, connectionId);
  }

  private static String part(String key, String connectionId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(AccessKeys.secret(key));
      byte[] signature = mac.doFinal(connectionId.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
