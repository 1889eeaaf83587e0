package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A connection that is in a group, as the service lists it.
 *
 * @param connectionId the id of the connection
 * @param userId its user; empty without one
 * @since 0.1
 */
public record GroupMember(String connectionId, Optional<String> userId) {

  /**
   * Makes a value of its parts.
   *
   * @param connectionId see above
   * @param userId see above
   * @throws NullPointerException if a part is null
   */
  public GroupMember {
    requireNonNull(connectionId, "connectionId");
    requireNonNull(userId, "userId");
  }
}
