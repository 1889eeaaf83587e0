package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.hub.ServiceTokens;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens that the service issues, signed with its access key. */
record MintedTokens(TokenMinter minter) implements ServiceTokens {

  @Override
  public String reconnection(String connectionId) {
    return minter.reconnectionToken(connectionId);
  }

  @Override
  public String client(
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn) {
    return minter.generatedToken(audience, userId, roles, groups, expiresIn);
  }
}
