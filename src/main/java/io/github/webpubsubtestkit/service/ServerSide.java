package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.hub.Selection;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.AddToGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.AddToGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.CheckPermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Close;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Exists;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.GrantPermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromAllGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RevokePermission;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Delegates the calls a test makes as the application's server. */
abstract class ServerSide implements WebPubSubService {

  abstract ServerCalls server();

  /** The mapping of objects to JSON. */
  abstract ObjectMapping mapping();

  private String hub() {
    return server().hub();
  }

  // ---- sends

  @Override
  public void sendToAll(Content content, SendOptions options) {
    notNull(content, "sendToAll", "content");
    notNull(options, "sendToAll", "options");
    server().send(Target.all(), payload(content), options);
  }

  @Override
  public void sendToUser(String userId, Content content, SendOptions options) {
    notNull(userId, "sendToUser", "userId");
    notNull(content, "sendToUser", "content");
    notNull(options, "sendToUser", "options");
    server().send(user(userId), payload(content), options);
  }

  @Override
  public void sendToGroup(String group, Content content, SendOptions options) {
    notNull(group, "sendToGroup", "group");
    notNull(content, "sendToGroup", "content");
    notNull(options, "sendToGroup", "options");
    server().send(group(group), payload(content), options);
  }

  @Override
  public void sendToConnection(String connectionId, Content content, SendOptions options) {
    notNull(connectionId, "sendToConnection", "connectionId");
    notNull(content, "sendToConnection", "content");
    notNull(options, "sendToConnection", "options");
    server().send(connection(connectionId), payload(content), options);
  }

  // ---- connections, groups, permissions

  @Override
  public boolean connectionExists(String connectionId) {
    notNull(connectionId, "connectionExists", "connectionId");
    return server().ask(new Exists(hub(), connection(connectionId)));
  }

  @Override
  public boolean userExists(String userId) {
    notNull(userId, "userExists", "userId");
    return server().ask(new Exists(hub(), user(userId)));
  }

  @Override
  public boolean groupExists(String group) {
    notNull(group, "groupExists", "group");
    return server().ask(new Exists(hub(), group(group)));
  }

  @Override
  public void closeConnection(String connectionId, String reason) {
    notNull(connectionId, "closeConnection", "connectionId");
    notNull(reason, "closeConnection", "reason");
    close(connection(connectionId), reason, new String[0], connectionId);
  }

  @Override
  public void closeAllConnections(String reason, String... excluded) {
    notNull(reason, "closeAllConnections", "reason");
    noneNull(excluded, "closeAllConnections", "excluded");
    close(Target.all(), reason, excluded);
  }

  @Override
  public void closeGroupConnections(String group, String reason, String... excluded) {
    notNull(group, "closeGroupConnections", "group");
    notNull(reason, "closeGroupConnections", "reason");
    noneNull(excluded, "closeGroupConnections", "excluded");
    close(group(group), reason, excluded, group);
  }

  @Override
  public void closeUserConnections(String userId, String reason, String... excluded) {
    notNull(userId, "closeUserConnections", "userId");
    notNull(reason, "closeUserConnections", "reason");
    noneNull(excluded, "closeUserConnections", "excluded");
    close(user(userId), reason, excluded, userId);
  }

  private void close(Target target, String reason, String[] excluded, String... arguments) {
    Selection selection = Selection.without(Set.of(excluded));
    server().order(new Close(hub(), target, selection, reason), reason, arguments);
  }

  @Override
  public void addConnectionToGroup(String connectionId, String group) {
    notNull(connectionId, "addConnectionToGroup", "connectionId");
    notNull(group, "addConnectionToGroup", "group");
    server()
        .order(
            new AddToGroup(hub(), connection(connectionId), Checked.group(group)),
            "",
            connectionId,
            group);
  }

  @Override
  public void removeConnectionFromGroup(String connectionId, String group) {
    notNull(connectionId, "removeConnectionFromGroup", "connectionId");
    notNull(group, "removeConnectionFromGroup", "group");
    server()
        .order(
            new RemoveFromGroup(hub(), connection(connectionId), Checked.group(group)),
            "",
            connectionId,
            group);
  }

  @Override
  public void removeConnectionFromAllGroups(String connectionId) {
    notNull(connectionId, "removeConnectionFromAllGroups", "connectionId");
    server().order(new RemoveFromAllGroups(hub(), connection(connectionId)), "", connectionId);
  }

  @Override
  public void addUserToGroup(String userId, String group) {
    notNull(userId, "addUserToGroup", "userId");
    notNull(group, "addUserToGroup", "group");
    server().order(new AddToGroup(hub(), user(userId), Checked.group(group)), "", userId, group);
  }

  @Override
  public void removeUserFromGroup(String userId, String group) {
    notNull(userId, "removeUserFromGroup", "userId");
    notNull(group, "removeUserFromGroup", "group");
    server()
        .order(new RemoveFromGroup(hub(), user(userId), Checked.group(group)), "", userId, group);
  }

  @Override
  public void removeUserFromAllGroups(String userId) {
    notNull(userId, "removeUserFromAllGroups", "userId");
    server().order(new RemoveFromAllGroups(hub(), user(userId)), "", userId);
  }

  @Override
  public void addConnectionsToGroups(Collection<String> groups, String filter) {
    noneNull(groups, "addConnectionsToGroups", "groups");
    notNull(filter, "addConnectionsToGroups", "filter");
    server()
        .order(
            new AddToGroups(hub(), groups(groups), SendOptions.condition(filter)),
            filter,
            groups.toArray(String[]::new));
  }

  @Override
  public void removeConnectionsFromGroups(Collection<String> groups, String filter) {
    noneNull(groups, "removeConnectionsFromGroups", "groups");
    notNull(filter, "removeConnectionsFromGroups", "filter");
    server()
        .order(
            new RemoveFromGroups(hub(), groups(groups), SendOptions.condition(filter)),
            filter,
            groups.toArray(String[]::new));
  }

  @Override
  public List<ConnectionInfo> listConnectionsInGroup(String group) {
    notNull(group, "listConnectionsInGroup", "group");
    return server().list(Checked.group(group));
  }

  @Override
  public void grantPermission(Permission permission, String connectionId, String group) {
    notNull(permission, "grantPermission", "permission");
    notNull(connectionId, "grantPermission", "connectionId");
    notNull(group, "grantPermission", "group");
    server()
        .order(
            new GrantPermission(hub(), id(connectionId), permission.known(), Checked.group(group)),
            "",
            permission.wireName(),
            connectionId,
            group);
  }

  @Override
  public void revokePermission(Permission permission, String connectionId, String group) {
    notNull(permission, "revokePermission", "permission");
    notNull(connectionId, "revokePermission", "connectionId");
    notNull(group, "revokePermission", "group");
    server()
        .order(
            new RevokePermission(hub(), id(connectionId), permission.known(), Checked.group(group)),
            "",
            permission.wireName(),
            connectionId,
            group);
  }

  @Override
  public boolean checkPermission(Permission permission, String connectionId, String group) {
    notNull(permission, "checkPermission", "permission");
    notNull(connectionId, "checkPermission", "connectionId");
    notNull(group, "checkPermission", "group");
    return server()
        .ask(
            new CheckPermission(hub(), id(connectionId), permission.known(), Checked.group(group)));
  }

  // ---- contents

  private Payload payload(Content content) {
    if (content.dataType() == DataType.PROTOBUF) {
      throw new IllegalArgumentException(
          "a server can only send text, JSON or bytes, as over the REST API; protobuf messages"
              + " come from clients");
    }
    return GivenContent.of(content.dataType().wireName(), content.value(), content.isPartial())
        .writtenBy(mapping())
        .payload();
  }

  // ---- names

  private static Target connection(String connectionId) {
    return Target.connection(id(connectionId));
  }

  private static String id(String connectionId) {
    return Checked.notBlank(connectionId, "connectionId");
  }

  private static Target user(String userId) {
    return Target.user(Checked.notBlank(userId, "userId"));
  }

  private static Target group(String group) {
    return Target.group(Checked.group(group));
  }

  private static List<String> groups(Collection<String> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups must not be empty");
    }
    groups.forEach(Checked::group);
    return List.copyOf(groups);
  }
}
