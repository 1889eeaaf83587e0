package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a request to the service.
 *
 * @param kind who asks
 * @param userId the user of a client
 * @param connectionId the connection of a client
 */
public record Caller(Kind kind, @Nullable String userId, @Nullable String connectionId) {

  /** Who asks. */
  public enum Kind {
    /** An application, through the REST API. */
    SERVER,
    /** A client. */
    CLIENT,
    /** The test itself, in the place of its application's server. */
    TEST
  }

  /** An application, through the REST API. */
  public static final Caller SERVER = new Caller(Kind.SERVER, null, null);

  /** The test itself. */
  public static final Caller TEST = new Caller(Kind.TEST, null, null);

  /** A connected client, or one that is connecting. */
  public static Caller client(@Nullable String userId, @Nullable String connectionId) {
    return new Caller(Kind.CLIENT, userId, connectionId);
  }

  /** Returns whether it is an application, through the REST API. */
  public boolean isServer() {
    return kind == Kind.SERVER;
  }

  /** Returns whether it is the test itself. */
  public boolean isTest() {
    return kind == Kind.TEST;
  }
}
