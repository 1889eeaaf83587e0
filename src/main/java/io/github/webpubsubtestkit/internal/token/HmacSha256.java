package io.github.webpubsubtestkit.internal.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * HMAC (RFC 2104) with the JDK's SHA-256. The JDK's own HMAC is not used, because the first one of
 * a JVM loads and checks all security providers, which takes longer than to start a fake.
 */
final class HmacSha256 {

  /** The name of keys for it. */
  static final String ALGORITHM = "HmacSHA256";

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private HmacSha256() {}

  /** The signature of a message. */
  static byte[] sign(SecretKey key, byte[] message) {
    MessageDigest sha = sha256();
    byte[] secret = key.getEncoded();
    byte[] block = Arrays.copyOf(secret.length > BLOCK ? sha.digest(secret) : secret, BLOCK);
    sha.update(xor(block, INNER));
    byte[] inner = sha.digest(message);
    sha.update(xor(block, OUTER));
    return sha.digest(inner);
  }

  private static byte[] xor(byte[] block, byte with) {
    byte[] result = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      result[i] = (byte) (block[i] ^ with);
    }
    return result;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
