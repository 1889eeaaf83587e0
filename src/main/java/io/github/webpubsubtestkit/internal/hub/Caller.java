package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * Who asks something of the service.
 *
 * @param isServer whether it is an application, through the REST API; else a client
 * @param userId the user of a client
 * @param connectionId the connection of a client
 */
public record Caller(boolean isServer, @Nullable String userId, @Nullable String connectionId) {

  /** An application, through the REST API. */
  public static final Caller SERVER = new Caller(true, null, null);

  /** A connected client, or one that wants to connect. */
  public static Caller client(@Nullable String userId, @Nullable String connectionId) {
    return new Caller(false, userId, connectionId);
  }
}
