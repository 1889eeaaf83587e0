package io.github.webpubsubtestkit.internal.token;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stub, replaced by core. */
public final class TokenMinter {
  public String clientToken(
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn) {
    return "stub." + audience.hashCode() + "." + roles.size();
  }
}
