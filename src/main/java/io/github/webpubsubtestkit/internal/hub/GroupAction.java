package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/** A client's actions on groups, which REST can grant and revoke (rest-api 6.3, 8.8). */
public enum GroupAction {
  /** To publish: roles {@code webpubsub.sendToGroup…}. */
  SEND_TO_GROUP("sendToGroup"),
  /** To join and to leave: roles {@code webpubsub.joinLeaveGroup…}. */
  JOIN_LEAVE_GROUP("joinLeaveGroup");

  private final String wireName;

  GroupAction(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in a path. */
  public String wireName() {
    return wireName;
  }

  /** The permission of that name, case-insensitive; null if there is none. */
  public static @Nullable GroupAction named(String name) {
    for (GroupAction permission : values()) {
      if (permission.wireName.equalsIgnoreCase(name)) {
        return permission;
      }
    }
    return null;
  }

  /** The message for {@link Outcome.Reason#LIMIT_REACHED} (rest-api 4.2). */
  String limitReached(String connectionId) {
    return "Connection `"
        + connectionId
        + "` has reached the limit of "
        + GroupPermission.MAX_LITERALS
        + " literal permissions for `"
        + wireName
        + "`.";
  }

  /** The role that means all groups. */
  String role() {
    return "webpubsub." + wireName;
  }
}
