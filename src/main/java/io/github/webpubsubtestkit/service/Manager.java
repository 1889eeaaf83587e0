package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.Permissions;
import io.github.webpubsubtestkit.internal.hub.Permissions.Change;
import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a test does with connections in the name of the application, past REST and its tokens but by
 * its rules (rest-api 8.3 to 8.8).
 */
final class Manager {

  private static final String PARTY = "test";

  private final Hubs hubs;
  private final String hub;
  private final Timeline timeline;
  private final boolean acceptOfflineUsers;

  Manager(Hubs hubs, String hub, Timeline timeline, boolean acceptOfflineUsers) {
    this.hubs = hubs;
    this.hub = hub;
    this.timeline = timeline;
    this.acceptOfflineUsers = acceptOfflineUsers;
  }

  // ---- existence

  boolean connectionExists(String connectionId) {
    return hub().connectionExists(connection(connectionId));
  }

  boolean userExists(String userId) {
    return hub().userExists(user(userId));
  }

  boolean groupExists(String group) {
    return hub().groupExists(group(group));
  }

  // ---- closes

  void closeConnection(String connectionId, String reason) {
    record(reason, "closeConnection", connection(connectionId));
    hub().closeConnection(connectionId, reason);
  }

  void closeAllConnections(String reason, String... excluded) {
    record(reason, "closeAllConnections");
    hub().closeAll(Set.of(excluded), reason);
  }

  void closeGroupConnections(String group, String reason, String... excluded) {
    record(reason, "closeGroupConnections", group(group));
    hub().closeGroup(group, Set.of(excluded), reason);
  }

  void closeUserConnections(String userId, String reason, String... excluded) {
    record(reason, "closeUserConnections", user(userId));
    hub().closeUser(userId, Set.of(excluded), reason);
  }

  // ---- membership

  void addConnectionToGroup(String connectionId, String group) {
    record("", "addConnectionToGroup", connection(connectionId), group(group));
    if (!hub().addConnectionToGroup(group, connectionId)) {
      throw noConnection(connectionId);
    }
  }

  void removeConnectionFromGroup(String connectionId, String group) {
    record("", "removeConnectionFromGroup", connection(connectionId), group(group));
    hub().removeConnectionFromGroup(group, connectionId);
  }

  void removeConnectionFromAllGroups(String connectionId) {
    record("", "removeConnectionFromAllGroups", connection(connectionId));
    hub().removeConnectionFromAllGroups(connectionId);
  }

  void addUserToGroup(String userId, String group) {
    record("", "addUserToGroup", user(userId), group(group));
    if (!hub().addUserToGroup(userId, group) && !acceptOfflineUsers) {
      throw new IllegalStateException(
          "User `"
              + Secrets.mask(userId)
              + "` is not found. A user without a connection cannot be in a group.");
    }
  }

  void removeUserFromGroup(String userId, String group) {
    record("", "removeUserFromGroup", user(userId), group(group));
    hub().removeUserFromGroup(userId, group);
  }

  void removeUserFromAllGroups(String userId) {
    record("", "removeUserFromAllGroups", user(userId));
    hub().removeUserFromAllGroups(userId);
  }

  void addConnectionsToGroups(Collection<String> groups, String filter) {
    Predicate<? super Selectable> condition = SendOptions.condition(filter);
    record(filter, "addConnectionsToGroups", groups(groups));
    hub().addToGroups(List.copyOf(groups), condition);
  }

  void removeConnectionsFromGroups(Collection<String> groups, String filter) {
    Predicate<? super Selectable> condition = SendOptions.condition(filter);
    record(filter, "removeConnectionsFromGroups", groups(groups));
    hub().removeFromGroups(List.copyOf(groups), condition);
  }

  List<GroupMember> listConnectionsInGroup(String group) {
    return hub().membersBehind(null, Checked.group(group), Integer.MAX_VALUE).stream()
        .map(Manager::member)
        .toList();
  }

  /** An empty user id counts as none (client-protocols D19). */
  private static GroupMember member(ConnectionView connection) {
    return new GroupMember(
        connection.connectionId(), Optional.ofNullable(connection.visibleUserId()));
  }

  // ---- permissions

  void grantPermission(Permission permission, String connectionId, String group) {
    record("", "grantPermission", permission.wireName(), connection(connectionId), group(group));
    Change change = hub().permissions().grant(connectionId, known(permission), group);
    if (change == Change.NO_CONNECTION) {
      throw noConnection(connectionId);
    }
    check(change, permission, connectionId);
  }

  void revokePermission(Permission permission, String connectionId, String group) {
    record("", "revokePermission", permission.wireName(), connection(connectionId), group(group));
    check(
        hub().permissions().revoke(connectionId, known(permission), group),
        permission,
        connectionId);
  }

  boolean checkPermission(Permission permission, String connectionId, String group) {
    return hub().permissions().holds(connection(connectionId), known(permission), group(group));
  }

  private static io.github.webpubsubtestkit.internal.hub.Permission known(Permission permission) {
    return io.github.webpubsubtestkit.internal.hub.Permission.valueOf(permission.name());
  }

  private static void check(Change change, Permission permission, String connectionId) {
    if (change == Change.LIMIT_REACHED) {
      throw new IllegalStateException(Permissions.limitReached(connectionId, known(permission)));
    }
  }

  private static IllegalStateException noConnection(String connectionId) {
    return new IllegalStateException(
        "Connection `" + Secrets.mask(connectionId) + "` is not found.");
  }

  private Hub hub() {
    return hubs.hub(hub);
  }

  // ---- names

  private static String connection(String connectionId) {
    return Checked.notBlank(connectionId, "connectionId");
  }

  private static String user(String userId) {
    return Checked.notBlank(userId, "userId");
  }

  private static String group(String group) {
    return Checked.group(group);
  }

  private static String[] groups(Collection<String> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups must not be empty");
    }
    groups.forEach(Checked::group);
    return groups.toArray(String[]::new);
  }

  private void record(String detail, String operation, String... arguments) {
    String call = RequestText.call(operation, arguments);
    timeline.record(PARTY, Direction.IN, detail.isEmpty() ? call : call + "  " + detail);
  }
}
