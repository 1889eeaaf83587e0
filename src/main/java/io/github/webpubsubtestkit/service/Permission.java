package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.GroupAction;

/**
 * A permission of a connection for a group, which an application can grant and revoke.
 *
 * @since 0.1
 */
public enum Permission {
  /**
   * Permission to publish to a group.
   *
   * @since 0.1
   */
  SEND_TO_GROUP("sendToGroup"),
  /**
   * Permission to join and leave a group.
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

  /** The service's own type for this permission. */
  GroupAction known() {
    return GroupAction.valueOf(name());
  }
}
