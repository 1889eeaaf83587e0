package io.github.webpubsubtestkit.internal.hub;

/**
 * Grants and revokes what the connections of one hub may do (client-protocols H.3, rest-api 8.8).
 * What is said here outranks the roles of a connection's token, counts from the next request of the
 * client on, survives a recovery and ends with the logical connection.
 */
public final class Permissions {

  /** What has become of a grant or revocation. */
  public enum Change {
    /** It is as it was wanted. */
    DONE,
    /** There is no such connection. */
    NO_CONNECTION,
    /** The connection has as many rules as it may have; nothing has changed. */
    LIMIT_REACHED
  }

  private final HubState hub;

  Permissions(HubState hub) {
    this.hub = hub;
  }

  /** Lets a connection do it with exactly that group. */
  public Change grant(String connectionId, Permission permission, String group) {
    synchronized (hub) {
      Connection connection = hub.roster().connection(connectionId);
      return connection == null
          ? Change.NO_CONNECTION
          : changed(connection.permission(permission).grant(group));
    }
  }

  /**
   * Forbids it to a connection for exactly that group, whatever its roles say; it stays a member.
   */
  public Change revoke(String connectionId, Permission permission, String group) {
    synchronized (hub) {
      Connection connection = hub.roster().connection(connectionId);
      return connection == null
          ? Change.NO_CONNECTION
          : changed(connection.permission(permission).revoke(group));
    }
  }

  /** Whether a connection may do it with that group; false if there is no such connection. */
  public boolean holds(String connectionId, Permission permission, String group) {
    synchronized (hub) {
      Connection connection = hub.roster().connection(connectionId);
      return connection != null && connection.permission(permission).covers(group);
    }
  }

  /** What is said of {@link Change#LIMIT_REACHED} (rest-api 4.2). */
  public static String limitReached(String connectionId, Permission permission) {
    return "Connection `"
        + connectionId
        + "` has reached the limit of "
        + GroupPermission.MAX_LITERALS
        + " literal permissions for `"
        + permission.wireName()
        + "`.";
  }

  private static Change changed(boolean possible) {
    return possible ? Change.DONE : Change.LIMIT_REACHED;
  }
}
