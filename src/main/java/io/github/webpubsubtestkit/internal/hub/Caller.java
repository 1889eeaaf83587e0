package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a request to the service.
 *
 * @param origin who made it
 * @param userId the user of a client
 * @param connectionId the connection of a client
 */
public record Caller(Origin origin, @Nullable String userId, @Nullable String connectionId) {

  /** Who makes requests. */
  public enum Origin {
    /** An application, through the REST API. */
    SERVER,
    /** A test, as the application's server would; it is not among the recorded requests. */
    TEST,
    /** A client. */
    CLIENT
  }

  /** An application, through the REST API. */
  public static final Caller SERVER = new Caller(Origin.SERVER, null, null);

  /** The test itself. */
  public static final Caller TEST = new Caller(Origin.TEST, null, null);

  /** A connected client, or one that is connecting. */
  public static Caller client(@Nullable String userId, @Nullable String connectionId) {
    return new Caller(Origin.CLIENT, userId, connectionId);
  }

  /** Returns whether it is an application or a test that acts as one. */
  public boolean isServer() {
    return origin != Origin.CLIENT;
  }
}
