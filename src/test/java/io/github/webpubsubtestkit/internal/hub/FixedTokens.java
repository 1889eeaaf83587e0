package io.github.webpubsubtestkit.internal.hub;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens that nobody checks. */
public final class FixedTokens implements ServiceTokens {

  @Override
  public String reconnection(String connectionId) {
    return "token";
  }

  @Override
  public String client(
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn) {
    return "token for " + audience;
  }
}
