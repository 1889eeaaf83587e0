package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.time.Duration;
import java.util.Locale;

/** Validates the names passed by test authors (client-protocols C.1). */
final class Checked {

  private static final int MAX_TTL_SECONDS = 300;

  private Checked() {}

  /** The hub in lower case, as the service keeps it. */
  static String hub(String hub) {
    if (!Names.isHub(hub)) {
      throw new IllegalArgumentException(
          "hub must have 1 to 128 characters, a letter first, then letters, digits and _ ` , . [ ]"
              + " but is \""
              + Secrets.mask(hub)
              + "\"");
    }
    return hub.toLowerCase(Locale.ROOT);
  }

  static String group(String group) {
    if (!Names.isGroup(group)) {
      throw new IllegalArgumentException(
          "group must have 1 to 1,024 characters that are not all white space but "
              + (Names.isBlank(group) ? "is \"" + group + "\"" : "has " + group.length()));
    }
    return group;
  }

  /** The time to live of a message in seconds (rest-api 8.1). */
  static int timeToLive(Duration timeToLive) {
    long seconds = timeToLive.toSeconds();
    if (seconds < 0 || seconds > MAX_TTL_SECONDS || !timeToLive.minusSeconds(seconds).isZero()) {
      throw new IllegalArgumentException(
          "timeToLive must be whole seconds from 0 to 300 but is " + timeToLive);
    }
    return (int) seconds;
  }

  /** An id in a path: at least one non-blank character (rest-api 6.3). */
  static String notBlank(String value, String name) {
    if (Names.isBlank(value)) {
      throw new IllegalArgumentException(name + " must not be blank but is \"" + value + "\"");
    }
    return value;
  }

  static String notEmpty(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }
}
