package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.wire.Names;
import java.util.Locale;

/** Names that test authors hand in, refused where they are wrong (client-protocols C.1). */
final class Checked {

  private Checked() {}

  /** The hub in lower case, as the service keeps it. */
  static String hub(String hub) {
    if (!Names.isHub(hub)) {
      throw new IllegalArgumentException(
          "hub must have 1 to 128 characters, a letter first, then letters, digits and _ ` , . [ ]"
              + " but is \""
              + hub
              + "\"");
    }
    return hub.toLowerCase(Locale.ROOT);
  }

  static String group(String group) {
    if (!Names.isGroup(group)) {
      throw new IllegalArgumentException(
          "group must have 1 to 1,024 characters and not only white space but "
              + (Names.isBlank(group) ? "is \"" + group + "\"" : "has " + group.length()));
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
