package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What {@link Connected} says of a client.
 *
 * @param hub the hub; empty for that of the class
 * @param userId the user id; empty for none
 * @param roles the roles
 * @param groups the groups
 * @param protocol the subprotocol
 * @param device tells apart the clients of a user; empty for none
 */
record WantedClient(
    String hub,
    String userId,
    List<String> roles,
    List<String> groups,
    Protocol protocol,
    String device) {

  /** Returns whether the annotation names nothing but the hub. */
  boolean namesAtMostTheHub() {
    return userId.isEmpty()
        && !grantsOtherRoles()
        && groups.isEmpty()
        && protocol == Protocol.JSON
        && device.isEmpty();
  }

  private boolean grantsOtherRoles() {
    return !roles.equals(ConnectOptions.anonymous().roles());
  }

  /** {@code @Connected(userId = "alice")}. */
  String describe() {
    StringJoiner attributes = new StringJoiner(", ", "(", ")").setEmptyValue("");
    addText(attributes, "hub", hub);
    addText(attributes, "userId", userId);
    if (grantsOtherRoles()) {
      attributes.add("roles = " + list(roles));
    }
    if (!groups.isEmpty()) {
      attributes.add("groups = " + list(groups));
    }
    if (protocol != Protocol.JSON) {
      attributes.add("protocol = " + protocol);
    }
    addText(attributes, "device", device);
    return "@Connected" + attributes;
  }

  private static void addText(StringJoiner attributes, String name, String value) {
    if (!value.isEmpty()) {
      attributes.add(name + " = \"" + value + '"');
    }
  }

  private static String list(List<String> values) {
    String listed = values.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
    return values.size() == 1 ? listed : "{" + listed + "}";
  }
}
