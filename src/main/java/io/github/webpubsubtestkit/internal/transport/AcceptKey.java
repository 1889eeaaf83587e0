package io.github.webpubsubtestkit.internal.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The keys of the opening handshake (RFC 6455, section 4).
 *
 * <p>The protocol engine computes the accept key only together with a {@code Date} line, whose
 * calendar and locale classes cost a fresh JVM more than the rest of the handshake.
 */
final class AcceptKey {

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private static volatile Answer latest = new Answer("", "");

  private record Answer(String key, String accept) {}

  private AcceptKey() {}

  /** A fresh client key. It guards against caches, not against attackers. */
  static String newKey() {
    byte[] random = new byte[KEY_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  /** Returns whether it is base64 of 16 bytes. */
  static boolean isKey(String key) {
    if (key.length() != 24) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The server's answer to a client's key. Both ends of the kit's own connections compute it. */
  static String accept(String key) {
    Answer known = latest;
    if (known.key().equals(key)) {
      return known.accept();
    }
    String computed = compute(key);
    latest = new Answer(key, computed);
    return computed;
  }

  private static String compute(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
