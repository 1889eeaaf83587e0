package io.github.webpubsubtestkit.service;

import java.util.Collection;
import java.util.List;

/** Hands on what a test does as the application's server. */
abstract class ServerSide implements WebPubSubService {

  abstract Sender sender();

  abstract Manager manager();

  // ---- sends

  @Override
  public void sendToAll(String text, SendOptions options) {
    sender().toAll(Sender.text(text), options);
  }

  @Override
  public void sendJsonToAll(Object json, SendOptions options) {
    sender().toAll(sender().json(json), options);
  }

  @Override
  public void sendBinaryToAll(byte[] bytes, SendOptions options) {
    sender().toAll(Sender.binary(bytes), options);
  }

  @Override
  public void sendToUser(String userId, String text, SendOptions options) {
    sender().toUser(userId, Sender.text(text), options);
  }

  @Override
  public void sendJsonToUser(String userId, Object json, SendOptions options) {
    sender().toUser(userId, sender().json(json), options);
  }

  @Override
  public void sendBinaryToUser(String userId, byte[] bytes, SendOptions options) {
    sender().toUser(userId, Sender.binary(bytes), options);
  }

  @Override
  public void sendToGroup(String group, String text, SendOptions options) {
    sender().toGroup(group, Sender.text(text), options);
  }

  @Override
  public void sendJsonToGroup(String group, Object json, SendOptions options) {
    sender().toGroup(group, sender().json(json), options);
  }

  @Override
  public void sendBinaryToGroup(String group, byte[] bytes, SendOptions options) {
    sender().toGroup(group, Sender.binary(bytes), options);
  }

  @Override
  public void sendToConnection(String connectionId, String text, SendOptions options) {
    sender().toConnection(connectionId, Sender.text(text), options);
  }

  @Override
  public void sendJsonToConnection(String connectionId, Object json, SendOptions options) {
    sender().toConnection(connectionId, sender().json(json), options);
  }

  @Override
  public void sendBinaryToConnection(String connectionId, byte[] bytes, SendOptions options) {
    sender().toConnection(connectionId, Sender.binary(bytes), options);
  }

  // ---- connections, groups, permissions

  @Override
  public boolean connectionExists(String connectionId) {
    return manager().connectionExists(connectionId);
  }

  @Override
  public boolean userExists(String userId) {
    return manager().userExists(userId);
  }

  @Override
  public boolean groupExists(String group) {
    return manager().groupExists(group);
  }

  @Override
  public void closeConnection(String connectionId, String reason) {
    manager().closeConnection(connectionId, reason);
  }

  @Override
  public void closeAllConnections(String reason, String... excluded) {
    manager().closeAllConnections(reason, excluded);
  }

  @Override
  public void closeGroupConnections(String group, String reason, String... excluded) {
    manager().closeGroupConnections(group, reason, excluded);
  }

  @Override
  public void closeUserConnections(String userId, String reason, String... excluded) {
    manager().closeUserConnections(userId, reason, excluded);
  }

  @Override
  public void addConnectionToGroup(String connectionId, String group) {
    manager().addConnectionToGroup(connectionId, group);
  }

  @Override
  public void removeConnectionFromGroup(String connectionId, String group) {
    manager().removeConnectionFromGroup(connectionId, group);
  }

  @Override
  public void removeConnectionFromAllGroups(String connectionId) {
    manager().removeConnectionFromAllGroups(connectionId);
  }

  @Override
  public void addUserToGroup(String userId, String group) {
    manager().addUserToGroup(userId, group);
  }

  @Override
  public void removeUserFromGroup(String userId, String group) {
    manager().removeUserFromGroup(userId, group);
  }

  @Override
  public void removeUserFromAllGroups(String userId) {
    manager().removeUserFromAllGroups(userId);
  }

  @Override
  public void addConnectionsToGroups(Collection<String> groups, String filter) {
    manager().addConnectionsToGroups(groups, filter);
  }

  @Override
  public void removeConnectionsFromGroups(Collection<String> groups, String filter) {
    manager().removeConnectionsFromGroups(groups, filter);
  }

  @Override
  public List<GroupMember> listConnectionsInGroup(String group) {
    return manager().listConnectionsInGroup(group);
  }

  @Override
  public void grantPermission(Permission permission, String connectionId, String group) {
    manager().grantPermission(permission, connectionId, group);
  }

  @Override
  public void revokePermission(Permission permission, String connectionId, String group) {
    manager().revokePermission(permission, connectionId, group);
  }

  @Override
  public boolean checkPermission(Permission permission, String connectionId, String group) {
    return manager().checkPermission(permission, connectionId, group);
  }
}
