package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a request to the service.
 *
 * @param isServer true for an application, through the REST API; false for a client
 * @param userId the user of a client
 * @param connectionId the connection of a client
 */
public record Caller(boolean isServer, @Nullable String userId, @Nullable String connectionId) {

  /** An application, through the REST API. */
  public static final Caller SERVER = new Caller(true, null, null);

  /** A connected client, or one that is connecting. */
  public static Caller client(@Nullable String userId, @Nullable String connectionId) {
    return new Caller(false, userId, connectionId);
  }
}
