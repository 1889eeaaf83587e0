package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stub, replaced by core. */
public record AccessKeys(String primary, @Nullable String secondary) {

  public static AccessKeys of(String primary, @Nullable String secondary) {
    if (primary.getBytes(StandardCharsets.UTF_8).length < 32) {
      throw new IllegalArgumentException(
          "an access key must have at least 32 bytes of UTF-8 but has "
              + primary.getBytes(StandardCharsets.UTF_8).length
              + ": official SDKs silently send no token with a shorter one");
    }
    return new AccessKeys(primary, secondary);
  }

  public static AccessKeys random() {
    return of(UUID.randomUUID().toString() + UUID.randomUUID(), null);
  }
}
