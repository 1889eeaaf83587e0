package io.github.webpubsubtestkit.service;

import java.util.Collection;
import java.util.List;

/**
 * Manages the connections of the default hub as the application's server would: existence checks,
 * closing, groups and permissions. The methods are named like those of the official SDKs.
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
   * Returns whether a connection exists, including one that is detached and can be recovered.
   *
   * @param connectionId the id of the connection
   * @return true if there is one
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  boolean connectionExists(String connectionId);

  /**
   * Returns whether a user has a connection.
   *
   * @param userId the user
   * @return true if there is one
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  boolean userExists(String userId);

  /**
   * Returns whether a group has a member.
   *
   * @param group the group
   * @return true if there is one
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  boolean groupExists(String group);

  /**
   * Closes a connection, if it exists.
   *
   * @param connectionId the id of the connection
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  default void closeConnection(String connectionId) {
    closeConnection(connectionId, "");
  }

  /**
   * Closes a connection, if it exists, and sends its client the reason, unless it is a simple
   * client.
   *
   * @param connectionId the id of the connection
   * @param reason the reason sent to the clients; empty for none
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
   * Closes all connections of the hub except some, and sends their clients the reason.
   *
   * @param reason the reason sent to the clients; empty for none
   * @param excluded the ids of connections that stay open
   * @since 0.1
   */
  void closeAllConnections(String reason, String... excluded);

  /**
   * Closes the connections that are members of a group.
   *
   * @param group the group
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  default void closeGroupConnections(String group) {
    closeGroupConnections(group, "");
  }

  /**
   * Closes the connections that are members of a group except some, and sends their clients the
   * reason.
   *
   * @param group the group
   * @param reason the reason sent to the clients; empty for none
   * @param excluded the ids of connections that stay open
   * @throws IllegalArgumentException if the group name is invalid
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
   * Closes the connections of a user except some, and sends their clients the reason.
   *
   * @param userId the user
   * @param reason the reason sent to the clients; empty for none
   * @param excluded the ids of connections that stay open
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  void closeUserConnections(String userId, String reason, String... excluded);

  /**
   * Adds a connection to a group, regardless of its roles.
   *
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is invalid
   * @throws IllegalStateException if the connection does not exist, for which Azure answers 404
   * @since 0.1
   */
  void addConnectionToGroup(String connectionId, String group);

  /**
   * Removes a connection from a group, if it is a member.
   *
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is invalid
   * @since 0.1
   */
  void removeConnectionFromGroup(String connectionId, String group);

  /**
   * Removes a connection from all groups.
   *
   * @param connectionId the id of the connection
   * @throws IllegalArgumentException if the id is blank
   * @since 0.1
   */
  void removeConnectionFromAllGroups(String connectionId);

  /**
   * Adds the current connections of a user to a group; later connections are not added.
   *
   * @param userId the user
   * @param group the group
   * @throws IllegalArgumentException if the user id is blank, or the group name is invalid
   * @throws IllegalStateException if the user has no connection, for which Azure answers 404,
   *     unless {@link RestOptions#acceptOfflineUsers} is on
   * @since 0.1
   */
  void addUserToGroup(String userId, String group);

  /**
   * Removes the connections of a user from a group.
   *
   * @param userId the user
   * @param group the group
   * @throws IllegalArgumentException if the user id is blank, or the group name is invalid
   * @since 0.1
   */
  void removeUserFromGroup(String userId, String group);

  /**
   * Removes the connections of a user from all groups.
   *
   * @param userId the user
   * @throws IllegalArgumentException if the user id is blank
   * @since 0.1
   */
  void removeUserFromAllGroups(String userId);

  /**
   * Adds all connections selected by a filter to all given groups. The filter is evaluated before
   * the change.
   *
   * @param groups the groups, at least one
   * @param filter selects connections; empty for all connections of the hub
   * @throws IllegalArgumentException if there is no group, or a name or the filter is invalid
   * @since 0.1
   */
  void addConnectionsToGroups(Collection<String> groups, String filter);

  /**
   * Removes all connections selected by a filter from all given groups. The filter is evaluated
   * before the change.
   *
   * @param groups the groups, at least one
   * @param filter selects connections; empty for all connections of the hub
   * @throws IllegalArgumentException if there is no group, or a name or the filter is invalid
   * @since 0.1
   */
  void removeConnectionsFromGroups(Collection<String> groups, String filter);

  /**
   * Lists the members of a group, including detached connections that can be recovered.
   *
   * @param group the group
   * @return a snapshot, in the order of the connections' ids
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  List<ConnectionInfo> listConnectionsInGroup(String group);

  /**
   * Grants a connection a permission for exactly this group, from its next request on.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is invalid
   * @throws IllegalStateException if the connection does not exist, or already has 1,000 such rules
   * @since 0.1
   */
  void grantPermission(Permission permission, String connectionId, String group);

  /**
   * Revokes a permission of a connection for exactly this group, regardless of its roles; it stays
   * a member. It has no effect if the connection does not exist.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group
   * @throws IllegalArgumentException if the id is blank, or the group name is invalid
   * @throws IllegalStateException if the connection already has 1,000 such rules
   * @since 0.1
   */
  void revokePermission(Permission permission, String connectionId, String group);

  /**
   * Returns whether a connection has a permission for a group, by its roles or a grant.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group
   * @return true if it has; false also if the connection does not exist
   * @throws IllegalArgumentException if the id is blank, or the group name is invalid
   * @since 0.1
   */
  boolean checkPermission(Permission permission, String connectionId, String group);
}
