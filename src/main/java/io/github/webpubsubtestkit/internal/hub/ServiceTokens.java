package io.github.webpubsubtestkit.internal.hub;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the tokens that the service issues itself. */
public interface ServiceTokens {

  /** A token that lets a client recover this connection and no other (client-protocols B.6). */
  String reconnection(String connectionId);

  /**
   * A token with which a client connects (rest-api 8.9).
   *
   * @param audience {@code http://host:port/client/hubs/hub}
   * @param userId null for an anonymous client
   */
  String client(
      String audience,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn);
}
