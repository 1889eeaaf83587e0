package io.github.webpubsubtestkit.internal.token;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a client token about its bearer (client-protocols B.1).
 *
 * @param userId the user, null if the token has none; may be empty (client-protocols D19)
 * @param roles the roles, in the order of the token
 * @param groups the groups to join when connecting; their names are not checked yet
 * @param claims every claim of the token by name, also those above; numbers and structures as their
 *     JSON text (event-handlers 5.1)
 */
public record ClientClaims(
    @Nullable String userId,
    List<String> roles,
    List<String> groups,
    Map<String, List<String>> claims) {

  /** The claims of a connection without a token. */
  public static ClientClaims anonymous() {
    return new ClientClaims(null, List.of(), List.of(), Map.of());
  }
}
