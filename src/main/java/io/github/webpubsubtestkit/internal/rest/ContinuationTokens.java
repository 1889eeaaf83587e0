package io.github.webpubsubtestkit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing goes on (rest-api 8.7): behind which connection, sealed so that a token is good
 * for its hub and group only, as it was given out, and only by this fake.
 */
final class ContinuationTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SEAL_BYTES = 16;

  private final SecretKeySpec key;

  ContinuationTokens() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  /** A token for the members behind a connection. */
  String behind(String connectionId, String hub, String group) {
    byte[] id = connectionId.getBytes(UTF_8);
    byte[] token = Arrays.copyOf(seal(connectionId, hub, group), SEAL_BYTES + id.length);
    System.arraycopy(id, 0, token, SEAL_BYTES, id.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The connection that a token stands for; null if it is not for this hub and group. */
  @Nullable String connectionOf(String token, String hub, String group) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.length <= SEAL_BYTES) {
      return null;
    }
    String connectionId = new String(bytes, SEAL_BYTES, bytes.length - SEAL_BYTES, UTF_8);
    // as a whole, because base64 has more than one text for the same bytes
    return token.equals(behind(connectionId, hub, group)) ? connectionId : null;
  }

  /** Neither a hub nor an id holds a NUL, so no two places are the same text. */
  private byte[] seal(String connectionId, String hub, String group) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Arrays.copyOf(
          mac.doFinal((hub + '\0' + connectionId + '\0' + group).getBytes(UTF_8)), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
