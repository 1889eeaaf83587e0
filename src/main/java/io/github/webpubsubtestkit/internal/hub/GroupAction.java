package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * What a client may do with groups, and REST can grant and revoke (rest-api 6.3, 8.8). A path may
 * name the first as 1, the second as 2.
 */
public enum GroupAction {
  /** To publish: roles {@code webpubsub.sendToGroup…}. */
  SEND_TO_GROUP("sendToGroup", "1"),
  /** To join and to leave: roles {@code webpubsub.joinLeaveGroup…}. */
  JOIN_LEAVE_GROUP("joinLeaveGroup", "2");

  private final String wireName;
  private final String number;

  GroupAction(String wireName, String number) {
    this.wireName = wireName;
    this.number = number;
  }

  /** Its name in a path. */
  public String wireName() {
    return wireName;
  }

  /** The permission of that name, in any case, or of that number; null if there is none. */
  public static @Nullable GroupAction named(String name) {
    for (GroupAction permission : values()) {
      if (permission.wireName.equalsIgnoreCase(name) || permission.number.equals(name)) {
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

  /** Returns whether a role is one of the service's own (client-protocols H.1). */
  public static boolean isRole(String role) {
    for (GroupAction permission : values()) {
      String own = permission.role();
      if (role.equals(own) || role.startsWith(own + ".") || role.startsWith(own + "s.")) {
        return true;
      }
    }
    return false;
  }

  /** The role that means all groups. */
  String role() {
    return "webpubsub." + wireName;
  }
}
