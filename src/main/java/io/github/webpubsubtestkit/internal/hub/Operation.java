package io.github.webpubsubtestkit.internal.hub;

import java.util.Locale;

/** The operations of the service: the 25 of rest-api 7, and those of clients. */
public enum Operation {
  /** Checks the health of the service. */
  GET_SERVICE_STATUS("getServiceStatus"),
  /** Sends to all connections of a hub. */
  SEND_TO_ALL("sendToAll"),
  /** Sends to one connection. */
  SEND_TO_CONNECTION("sendToConnection"),
  /** Sends to the connections of a user. */
  SEND_TO_USER("sendToUser"),
  /** Sends to the members of a group; also an operation of clients. */
  SEND_TO_GROUP("sendToGroup"),
  /** Checks whether a connection exists. */
  CONNECTION_EXISTS("connectionExists"),
  /** Checks whether a user has a connection. */
  USER_EXISTS("userExists"),
  /** Checks whether a group has a member. */
  GROUP_EXISTS("groupExists"),
  /** Closes one connection. */
  CLOSE_CONNECTION("closeConnection"),
  /** Closes all connections of a hub. */
  CLOSE_ALL_CONNECTIONS("closeAllConnections"),
  /** Closes the members of a group. */
  CLOSE_GROUP_CONNECTIONS("closeGroupConnections"),
  /** Closes the connections of a user. */
  CLOSE_USER_CONNECTIONS("closeUserConnections"),
  /** Adds a connection to a group. */
  ADD_CONNECTION_TO_GROUP("addConnectionToGroup"),
  /** Removes a connection from a group. */
  REMOVE_CONNECTION_FROM_GROUP("removeConnectionFromGroup"),
  /** Removes a connection from all groups. */
  REMOVE_CONNECTION_FROM_ALL_GROUPS("removeConnectionFromAllGroups"),
  /** Adds the connections of a user to a group. */
  ADD_USER_TO_GROUP("addUserToGroup"),
  /** Removes the connections of a user from a group. */
  REMOVE_USER_FROM_GROUP("removeUserFromGroup"),
  /** Removes the connections of a user from all groups. */
  REMOVE_USER_FROM_ALL_GROUPS("removeUserFromAllGroups"),
  /** Adds the connections selected by a filter to several groups. */
  ADD_CONNECTIONS_TO_GROUPS("addConnectionsToGroups"),
  /** Removes the connections selected by a filter from several groups. */
  REMOVE_CONNECTIONS_FROM_GROUPS("removeConnectionsFromGroups"),
  /** Lists the members of a group. */
  LIST_CONNECTIONS_IN_GROUP("listConnectionsInGroup"),
  /** Grants a permission to a connection. */
  GRANT_PERMISSION("grantPermission"),
  /** Revokes a permission of a connection. */
  REVOKE_PERMISSION("revokePermission"),
  /** Checks whether a connection has a permission. */
  CHECK_PERMISSION("checkPermission"),
  /** Creates a token for a client. */
  GENERATE_CLIENT_TOKEN("generateClientToken"),

  /** A client joins a group. */
  JOIN_GROUP("joinGroup"),
  /** A client leaves a group. */
  LEAVE_GROUP("leaveGroup"),
  /** A client sends a user event. */
  EVENT("event"),
  /** A client connects. */
  CONNECT("connect"),
  /** A client connects to recover a connection. */
  RECOVER("recover"),
  /** A client's handshake is rejected. */
  REJECTED_HANDSHAKE("rejectedHandshake"),

  /** A call to an address that the service does not have. */
  UNKNOWN("unknown");

  private final String sdkName;

  Operation(String sdkName) {
    this.sdkName = sdkName;
  }

  /** Its name in SDKs. */
  public String sdkName() {
    return sdkName;
  }

  /**
   * The connections that it reached, in words: {@code to nobody}, {@code to 2 connections} for a
   * message, {@code no connection}, {@code 1 connection} for a change; empty for an operation that
   * reaches none anyway.
   */
  public String reach(int connections) {
    if (isSend()) {
      return connections == 0 ? "to nobody" : "to " + counted(connections);
    }
    return switch (this) {
      case CLOSE_CONNECTION,
          CLOSE_ALL_CONNECTIONS,
          CLOSE_GROUP_CONNECTIONS,
          CLOSE_USER_CONNECTIONS,
          ADD_CONNECTION_TO_GROUP,
          ADD_USER_TO_GROUP,
          ADD_CONNECTIONS_TO_GROUPS,
          REMOVE_CONNECTION_FROM_GROUP,
          REMOVE_CONNECTION_FROM_ALL_GROUPS,
          REMOVE_USER_FROM_GROUP,
          REMOVE_USER_FROM_ALL_GROUPS,
          REMOVE_CONNECTIONS_FROM_GROUPS ->
          connections == 0 ? "no connection" : counted(connections);
      default -> "";
    };
  }

  private static String counted(int connections) {
    return String.format(Locale.ROOT, "%,d connection%s", connections, connections == 1 ? "" : "s");
  }

  /** Returns whether it is a client's handshake. */
  public boolean isHandshake() {
    return this == CONNECT || this == RECOVER || this == REJECTED_HANDSHAKE;
  }

  /** Returns whether it sends to connections. */
  public boolean isSend() {
    return switch (this) {
      case SEND_TO_ALL, SEND_TO_CONNECTION, SEND_TO_USER, SEND_TO_GROUP -> true;
      default -> false;
    };
  }

  /** {@link #sdkName()}. */
  @Override
  public String toString() {
    return sdkName;
  }
}
