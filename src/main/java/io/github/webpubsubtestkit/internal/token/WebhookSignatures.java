package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The signatures that prove to an application that a request comes from the service (event-handlers
 * 4.3).
 */
public final class WebhookSignatures {

  private final AccessKeys keys;

  /** Creates signatures with the current keys at the time of signing. */
  public WebhookSignatures(AccessKeys keys) {
    this.keys = keys;
  }

  /**
   * The signature of one connection.
   *
   * @param generation the generation of the keys
   * @param value the value of {@code ce-signature}: one part for each key, the primary one first
   */
  public record Signature(int generation, String value) {}

  /**
   * Signs for a connection.
   *
   * @param last the connection's previous signature, if any: valid until a key changes
   */
  public Signature of(String connectionId, @Nullable Signature last) {
    AccessKeys.Secrets secrets = keys.secrets(); // both of the same moment
    if (last != null && last.generation() == secrets.generation()) {
      return last;
    }
    byte[] message = connectionId.getBytes(StandardCharsets.UTF_8);
    StringBuilder value = new StringBuilder(160);
    for (SecretKey key : secrets.valid()) {
      value.append(value.length() == 0 ? "" : ",").append(part(key, message));
    }
    return new Signature(secrets.generation(), value.toString());
  }

  private static String part(SecretKey key, byte[] message) {
    return "sha256=" + HexFormat.of().formatHex(HmacSha256.sign(key, message));
  }
}
