package io.github.webpubsubtestkit.internal.hub;

/** What can be asked of the service: the 25 operations of rest-api 7, and what clients ask. */
public enum Operation {
  /** Is the service healthy? */
  GET_SERVICE_STATUS("getServiceStatus"),
  /** Sends to all connections of a hub. */
  SEND_TO_ALL("sendToAll"),
  /** Sends to one connection. */
  SEND_TO_CONNECTION("sendToConnection"),
  /** Sends to the connections of a user. */
  SEND_TO_USER("sendToUser"),
  /** Sends to the members of a group; clients can ask this, too. */
  SEND_TO_GROUP("sendToGroup"),
  /** Does a connection exist? */
  CONNECTION_EXISTS("connectionExists"),
  /** Has a user a connection? */
  USER_EXISTS("userExists"),
  /** Has a group a member? */
  GROUP_EXISTS("groupExists"),
  /** Closes one connection. */
  CLOSE_CONNECTION("closeConnection"),
  /** Closes all connections of a hub. */
  CLOSE_ALL_CONNECTIONS("closeAllConnections"),
  /** Closes the members of a group. */
  CLOSE_GROUP_CONNECTIONS("closeGroupConnections"),
  /** Closes the connections of a user. */
  CLOSE_USER_CONNECTIONS("closeUserConnections"),
  /** Makes a connection a member of a group. */
  ADD_CONNECTION_TO_GROUP("addConnectionToGroup"),
  /** Ends the membership of a connection in a group. */
  REMOVE_CONNECTION_FROM_GROUP("removeConnectionFromGroup"),
  /** Ends all memberships of a connection. */
  REMOVE_CONNECTION_FROM_ALL_GROUPS("removeConnectionFromAllGroups"),
  /** Makes the connections of a user members of a group. */
  ADD_USER_TO_GROUP("addUserToGroup"),
  /** Ends the memberships of a user's connections in a group. */
  REMOVE_USER_FROM_GROUP("removeUserFromGroup"),
  /** Ends all memberships of a user's connections. */
  REMOVE_USER_FROM_ALL_GROUPS("removeUserFromAllGroups"),
  /** Makes the connections that a filter selects members of several groups. */
  ADD_CONNECTIONS_TO_GROUPS("addConnectionsToGroups"),
  /** Ends the memberships in several groups of the connections that a filter selects. */
  REMOVE_CONNECTIONS_FROM_GROUPS("removeConnectionsFromGroups"),
  /** Lists the members of a group. */
  LIST_CONNECTIONS_IN_GROUP("listConnectionsInGroup"),
  /** Grants a permission to a connection. */
  GRANT_PERMISSION("grantPermission"),
  /** Revokes a permission of a connection. */
  REVOKE_PERMISSION("revokePermission"),
  /** Does a connection hold a permission? */
  CHECK_PERMISSION("checkPermission"),
  /** Makes a token for a client. */
  GENERATE_CLIENT_TOKEN("generateClientToken"),

  /** A client joins a group. */
  JOIN_GROUP("joinGroup"),
  /** A client leaves a group. */
  LEAVE_GROUP("leaveGroup"),
  /** A client sends a user event. */
  EVENT("event"),
  /** A client connects. */
  CONNECT("connect"),
  /** A client connects to go on with a connection that it had. */
  RECOVER("recover"),
  /** A client is refused. */
  REJECTED_HANDSHAKE("rejectedHandshake"),

  /** A call to an address that the service does not have. */
  UNKNOWN("unknown");

  private final String sdkName;

  Operation(String sdkName) {
    this.sdkName = sdkName;
  }

  /** The name that SDKs give it. */
  public String sdkName() {
    return sdkName;
  }

  /** Returns whether it is a client that wants to connect. */
  public boolean isHandshake() {
    return this == CONNECT || this == RECOVER || this == REJECTED_HANDSHAKE;
  }

  /** {@link #sdkName()}. */
  @Override
  public String toString() {
    return sdkName;
  }
}
