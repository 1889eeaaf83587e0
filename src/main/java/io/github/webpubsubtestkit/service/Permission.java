package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.GroupAction;

/**
 * What a client may do with a group, and an application can grant to a connection and revoke.
 *
 * @since 0.1
 */
public enum Permission {
  /**
   * To publish to a group.
   *
   * @since 0.1
   */
  SEND_TO_GROUP("sendToGroup"),
  /**
   * To join a group and to leave it.
   *
   * @since 0.1
   */
  JOIN_LEAVE_GROUP("joinLeaveGroup");

  private final String wireName;

  Permission(String wireName) {
    this.wireName = wireName;
  }

  /** The name in the path of a REST call. */
  String wireName() {
    return wireName;
  }

  /** The same as the service knows it. */
  GroupAction known() {
    return GroupAction.valueOf(name());
  }
}
