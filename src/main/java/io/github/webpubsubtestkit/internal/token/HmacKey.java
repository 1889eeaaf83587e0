package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key for HMAC-SHA256 (RFC 2104). The JDK's own {@code Mac} does the same, but loads all security
 * providers and the policy for the export of cryptography with its first use in a JVM: some 200
 * classes, before the first client of a first test can connect.
 *
 * <p>Thread-safe.
 */
final class HmacKey {

  private static final int BLOCK = 64;
  private static final int DIGEST = 32;

  /** Digests that have consumed the key's block; they are copied, never used. */
  private final MessageDigest inner;

  private final MessageDigest outer;

  /** What was signed last: a token that the kit makes for a client is checked at once. */
  private volatile @Nullable Signed last;

  private record Signed(byte[] message, byte[] signature) {}

  /** A key of these bytes. */
  HmacKey(byte[] key) {
    byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
    this.inner = begun(block, 0x36);
    this.outer = begun(block, 0x5c);
  }

  /** A key of the text's UTF-8 bytes. */
  static HmacKey of(String text) {
    return new HmacKey(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The signature of a message, 32 bytes. */
  byte[] sign(byte[] message) {
    Signed known = last;
    if (known != null && Arrays.equals(known.message(), message)) {
      return known.signature().clone();
    }
    byte[] signature = computed(message);
    last = new Signed(message.clone(), signature.clone());
    return signature;
  }

  private byte[] computed(byte[] message) {
    MessageDigest first = copy(inner);
    MessageDigest second = copy(outer);
    byte[] result = new byte[DIGEST];
    first.update(message);
    try {
      first.digest(result, 0, DIGEST);
      second.update(result);
      second.digest(result, 0, DIGEST);
    } catch (DigestException e) {
      throw new IllegalStateException("the array has room", e);
    }
    return result;
  }

  private static MessageDigest begun(byte[] block, int pad) {
    byte[] padded = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    MessageDigest digest = sha256();
    digest.update(padded);
    return digest;
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "HmacKey[***]";
  }
}
