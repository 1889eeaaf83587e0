package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a service: one or two, each good for every token (rest-api 1). Tokens are signed with
 * the UTF-8 bytes of the text; although a key looks like base64 it is never decoded.
 *
 * <p>A key can be regenerated while the service runs. Thread-safe.
 */
public final class AccessKeys {

  private static final int MIN_BYTES = 32;

  private @Nullable String firstPrimary; // guarded by this; null: random, and not needed yet
  private final @Nullable String firstSecondary;
  private @Nullable String primary; // guarded by this; null: the first one
  private @Nullable String secondary; // guarded by this
  private final List<Retired> retired = new ArrayList<>(0); // guarded by this
  private int generation; // guarded by this
  private volatile @Nullable Secrets secrets; // null: to be made

  private AccessKeys(@Nullable String primary, @Nullable String secondary) {
    this.firstPrimary = primary;
    this.firstSecondary = secondary;
    this.secondary = secondary;
  }

  /**
   * A key that was replaced.
   *
   * @param name {@code primary access key} or {@code secondary access key}
   */
  record Retired(String name, SecretKey secret) {}

  /**
   * The keys at one moment, in the form used for signing.
   *
   * @param generation a number that differs after each change
   * @param valid the valid keys, the primary one first
   * @param retired the former keys
   */
  record Secrets(int generation, List<SecretKey> valid, List<Retired> retired) {}

  /**
   * The given keys.
   *
   * @throws IllegalArgumentException if a key is invalid; the message states why, without the key
   */
  public static AccessKeys of(String primary, @Nullable String secondary) {
    check("access key", primary);
    if (secondary != null) {
      check("secondary access key", secondary);
    }
    return new AccessKeys(primary, secondary);
  }

  /**
   * A new random primary key. It is created on demand: the first one of a JVM makes the JDK load
   * its cryptography, which an engine should defer.
   */
  public static AccessKeys random() {
    return new AccessKeys(null, null);
  }

  /** The same keys as at first: those that were not regenerated. */
  public synchronized AccessKeys asAtFirst() {
    return new AccessKeys(first(), firstSecondary);
  }

  /** The key of the connection string. */
  public synchronized String primary() {
    String key = primary;
    return key == null ? first() : key;
  }

  private synchronized String first() {
    String key = firstPrimary;
    if (key == null) {
      key = randomKey();
      firstPrimary = key;
    }
    return key;
  }

  /** The other key, null if there is none. */
  public synchronized @Nullable String secondary() {
    return secondary;
  }

  /** Replaces the primary key by a random one. */
  public synchronized String regeneratePrimary() {
    retired.add(new Retired("primary access key", secret(primary())));
    String key = randomKey();
    primary = key;
    secrets = null;
    return key;
  }

  /** Replaces the secondary key by a random one, or creates one if there was none. */
  public synchronized String regenerateSecondary() {
    if (secondary != null) {
      retired.add(new Retired("secondary access key", secret(secondary)));
    }
    String key = randomKey();
    secondary = key;
    secrets = null;
    return key;
  }

  /** The key with which the service itself signs. */
  SecretKey signing() {
    return secrets().valid().get(0);
  }

  /** The keys of this moment. */
  Secrets secrets() {
    Secrets known = secrets;
    return known == null ? makeSecrets() : known;
  }

  private synchronized Secrets makeSecrets() {
    List<SecretKey> valid =
        secondary == null
            ? List.of(secret(primary()))
            : List.of(secret(primary()), secret(secondary));
    Secrets made = new Secrets(++generation, valid, List.copyOf(retired));
    secrets = made;
    return made;
  }

  @Override
  public synchronized String toString() {
    return secondary == null ? "AccessKeys[***]" : "AccessKeys[***, ***]";
  }

  private static String randomKey() {
    byte[] bytes = new byte[MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A checked key in the form used for signing by HS256. */
  static SecretKey secret(String key) {
    return new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HmacSha256.ALGORITHM);
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
