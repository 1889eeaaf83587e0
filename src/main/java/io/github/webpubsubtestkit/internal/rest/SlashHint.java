package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.options.Option;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Helps with a name that cannot be reached by path: the service reads {@code tenant%2Fa} in a path
 * as these very characters, so a group {@code tenant/a} hears nothing (rest-api 6.1).
 */
final class SlashHint {

  private SlashHint() {}

  /** Says what was probably meant; null if there is nothing to say. */
  static @Nullable String of(RestCall call, Hubs hubs) {
    if (!call.hasPassedChecks()
        || call.variable(PathVariable.HUB) == null
        || call.options().isOn(Option.DECODE_SLASH)
        || !call.request().rawPath().toLowerCase(Locale.ROOT).contains("%2f")) {
      return null;
    }
    Hub hub = hubs.hub(call.hubName());
    String group = decoded(call.variable(PathVariable.GROUP));
    if (group != null && hub.groupExists(group)) {
      return hint("group", group);
    }
    String user = decoded(call.variable(PathVariable.USER));
    if (user != null && hub.userExists(user)) {
      return hint("user", user);
    }
    String connection = decoded(call.variable(PathVariable.CONNECTION));
    if (connection != null && hub.connectionExists(connection)) {
      return hint("connection", connection);
    }
    return null;
  }

  private static @Nullable String decoded(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String decoded = name.replace("%2F", "/").replace("%2f", "/");
    return decoded.equals(name) ? null : decoded;
  }

  private static String hint(String what, String name) {
    return "this call did not reach the "
        + what
        + " '"
        + name
        + "': the service does not decode %2F in a path (rest-api 6.1; switch decodeSlash)";
  }
}
