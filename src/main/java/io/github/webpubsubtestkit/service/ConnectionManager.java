package io.github.webpubsubtestkit.service;

import java.util.Collection;
import java.util.List;

/**
 * Manages connections as the application's server would, in the default hub: who is there, who is
 * closed, who is in which group, who may do what. The methods are named as those of the official
 * SDKs.
 *
 * <pre>{@code
 * service.addUserToGroup("alice", "room");
 * service.grantPermission(SEND_TO_GROUP, alice.connectionId(), "room");
 * service.closeConnection(bob.connectionId(), "bye");
 * }</pre>
 *
 * @since 0.1
 */
interface ConnectionManager {

  /**
   * Returns whether there is a connection; one that is away and can be recovered counts.
   *
   * @param connectionId the id of the connection
   * @return whether there is one
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  boolean connectionExists(String connectionId);

  /**
   * Returns whether a user has a connection.
   *
   * @param userId the user
   * @return whether there is one
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  boolean userExists(String userId);

  /**
   * Returns whether a group has a member.
   *
   * @param group the group
   * @return whether there is one
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  boolean groupExists(String group);

  /**
   * Closes a connection; one that is gone is no error.
   *
   * @param connectionId the id of the connection
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  default void closeConnection(String connectionId) {
    closeConnection(connectionId, "");
  }

  /**
   * Closes a connection and tells its client why, unless it is a simple one; one that is gone is no
   * error.
   *
   * @param connectionId the id of the connection
   * @param reason what the clients are told; empty for nothing
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  void closeConnection(String connectionId, String reason);

  /**
   * Closes all connections of the hub.
   *
   * @since 0.1
   */
  default void closeAllConnections() {
    closeAllConnections("");
  }

  /**
   * Closes all connections of the hub but some, and tells their clients why.
   *
   * @param reason what the clients are told; empty for nothing
   * @param excluded the ids of connections that stay open
   * @since 0.1
   */
  void closeAllConnections(String reason, String... excluded);

  /**
   * Closes the connections that are members of a group.
   *
   * @param group the group
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  default void closeGroupConnections(String group) {
    closeGroupConnections(group, "");
  }

  /**
   * Closes the connections that are members of a group but some, and tells their clients why.
   *
   * @param group the group
   * @param reason what the clients are told; empty for nothing
   * @param excluded the ids of connections that stay open
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  void closeGroupConnections(String group, String reason, String... excluded);

  /**
   * Closes the connections of a user.
   *
   * @param userId the user
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  default void closeUserConnections(String userId) {
    closeUserConnections(userId, "");
  }

  /**
   * Closes the connections of a user but some, and tells their clients why.
   *
   * @param userId the user
   * @param reason what the clients are told; empty for nothing
   * @param excluded the ids of connections that stay open
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  void closeUserConnections(String userId, String reason, String... excluded);

  /**
   * Makes a connection a member of a group, whatever its roles are.
   *
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is not valid
   * @throws IllegalStateException if there is no such connection, which Azure answers 404
   * @since 0.1
   */
  void addConnectionToGroup(String connectionId, String group);

  /**
   * Ends a membership; one that is not there is no error.
   *
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is not valid
   * @since 0.1
   */
  void removeConnectionFromGroup(String connectionId, String group);

  /**
   * Ends all memberships of a connection.
   *
   * @param connectionId the id of the connection
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  void removeConnectionFromAllGroups(String connectionId);

  /**
   * Makes the present connections of a user members of a group; later ones are not.
   *
   * @param userId the user
   * @param group the group
   * @throws IllegalArgumentException if the user id is blank, or the group name is not valid
   * @throws IllegalStateException if the user has no connection, which Azure answers 404; not with
   *     {@link RestOptions#acceptOfflineUsers}
   * @since 0.1
   */
  void addUserToGroup(String userId, String group);

  /**
   * Ends the memberships of a user's connections in a group.
   *
   * @param userId the user
   * @param group the group
   * @throws IllegalArgumentException if the user id is blank, or the group name is not valid
   * @since 0.1
   */
  void removeUserFromGroup(String userId, String group);

  /**
   * Ends all memberships of a user's connections.
   *
   * @param userId the user
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  void removeUserFromAllGroups(String userId);

  /**
   * Makes all connections that a filter selects members of all these groups. The filter sees the
   * memberships of before.
   *
   * @param groups the groups, at least one
   * @param filter which connections are meant; empty for all of the hub
   * @throws IllegalArgumentException if there is no group, a name is not valid, or that is no
   *     filter
   * @since 0.1
   */
  void addConnectionsToGroups(Collection<String> groups, String filter);

  /**
   * Ends the memberships in all these groups of all connections that a filter selects. The filter
   * sees the memberships of before.
   *
   * @param groups the groups, at least one
   * @param filter which connections are meant; empty for all of the hub
   * @throws IllegalArgumentException if there is no group, a name is not valid, or that is no
   *     filter
   * @since 0.1
   */
  void removeConnectionsFromGroups(Collection<String> groups, String filter);

  /**
   * The members of a group, those that are away and can be recovered included.
   *
   * @param group the group
   * @return a snapshot, in the order of the connections' ids
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  List<ConnectionInfo> listConnectionsInGroup(String group);

  /**
   * Lets a connection do something with exactly this group, from its next request on.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is not valid
   * @throws IllegalStateException if there is no such connection, or it has 1,000 such rules
   *     already
   * @since 0.1
   */
  void grantPermission(Permission permission, String connectionId, String group);

  /**
   * Forbids a connection something with exactly this group, whatever its roles say; it stays a
   * member. A connection that is gone is no error.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is not valid
   * @throws IllegalStateException if the connection has 1,000 such rules already
   * @since 0.1
   */
  void revokePermission(Permission permission, String connectionId, String group);

  /**
   * Returns whether a connection may do something with a group, by its roles or a grant.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group
   * @return false also if there is no such connection
   * @throws IllegalArgumentException if the id is blank, or the group name is not valid
   * @since 0.1
   */
  boolean checkPermission(Permission permission, String connectionId, String group);
}
