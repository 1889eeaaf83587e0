package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a service: one or two, each good for every token (rest-api 1). Tokens are signed with
 * the UTF-8 bytes of the text; although a key looks like base64 it is never decoded.
 */
public final class AccessKeys {

  private static final int MIN_BYTES = 32;

  private @Nullable String primary; // guarded by this; null: random, and not needed yet
  private final @Nullable String secondary;

  private AccessKeys(@Nullable String primary, @Nullable String secondary) {
    this.primary = primary;
    this.secondary = secondary;
  }

  /**
   * The given keys.
   *
   * @throws IllegalArgumentException if one is no usable access key; the message says why, without
   *     the key
   */
  public static AccessKeys of(String primary, @Nullable String secondary) {
    check("access key", primary);
    if (secondary != null) {
      check("secondary access key", secondary);
    }
    return new AccessKeys(primary, secondary);
  }

  /**
   * A fresh primary key that nobody can guess. It is made when it is asked for: the first one of a
   * JVM has the JDK load its cryptography, and an engine has other things to do first.
   */
  public static AccessKeys random() {
    return new AccessKeys(null, null);
  }

  /** The key of the connection string. */
  public synchronized String primary() {
    String key = primary;
    if (key == null) {
      byte[] bytes = new byte[MIN_BYTES];
      new SecureRandom().nextBytes(bytes);
      key = Base64.getEncoder().encodeToString(bytes);
      primary = key;
    }
    return key;
  }

  /** The other key, null if there is none. */
  public @Nullable String secondary() {
    return secondary;
  }

  @Override
  public String toString() {
    return secondary == null ? "AccessKeys[***]" : "AccessKeys[***, ***]";
  }

  /** A checked key in the form in which it signs by HS256. */
  static SecretKey secret(String key) {
    return new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  static void check(String what, String key) {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " must have at least 32 UTF-8 bytes but has "
              + length
              + ": HS256 needs 256 bits, and with a shorter key official SDKs send no token at all");
    }
    if (key.indexOf(';') >= 0) {
      throw new IllegalArgumentException(
          "the " + what + " must not contain ';': that ends a value in a connection string");
    }
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " must not contain control characters: they do not survive a connection string");
    }
    if (!key.strip().equals(key)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " must not begin or end with a blank: SDKs trim the values of a connection string,"
              + " and would sign with another key");
    }
  }
}
