package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a connection.
 *
 * @param connectionId the id that the service gave it
 * @param userId null without a user; may be empty (client-protocols D19)
 * @param groups the groups it is in, an unmodifiable copy
 * @param roles its roles, from its token or from the answer to its connect event
 * @param protocol its subprotocol
 * @param detached true if it has no socket and waits for its recovery (client-protocols F.3)
 * @param label its label in the timeline, for example {@code alice#1}
 */
public record ConnectionView(
    String connectionId,
    @Nullable String userId,
    Set<String> groups,
    List<String> roles,
    Subprotocol protocol,
    boolean detached,
    String label) {

  /** The user as others see it: an empty user id counts as none (client-protocols D19). */
  public @Nullable String visibleUserId() {
    return visible(userId);
  }

  static @Nullable String visible(@Nullable String userId) {
    return userId == null || userId.isEmpty() ? null : userId;
  }
}
