package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Hubs;
import java.util.Locale;

/** Names that test authors hand in (client-protocols C.1). */
final class Names {

  private Names() {}

  /** The hub in lower case, as the service keeps it. */
  static String hub(String hub) {
    if (!Hubs.isValidHubName(hub)) {
      throw new IllegalArgumentException(
          "hub must have 1 to 128 characters, a letter first, then letters, digits and _ ` , . [ ]"
              + " but is \""
              + hub
              + "\"");
    }
    return hub.toLowerCase(Locale.ROOT);
  }

  static String group(String group) {
    if (!Hubs.isValidGroupName(group)) {
      throw new IllegalArgumentException(
          "group must have 1 to 1,024 characters and not only white space but "
              + (group.isBlank() ? "is \"" + group + "\"" : "has " + group.length()));
    }
    return group;
  }

  static String notEmpty(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }
}
