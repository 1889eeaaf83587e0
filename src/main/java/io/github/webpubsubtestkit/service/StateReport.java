package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The connections of a hub, for failure texts. */
final class StateReport {

  private static final int MAX_LINES = 30;

  private StateReport() {}

  /** Adds the connections, a line each. */
  static FailureText add(FailureText text, String hub, List<ConnectionInfo> connections) {
    if (connections.isEmpty()) {
      return text.fact("hub " + hub, "no connection");
    }
    List<String> lines = new ArrayList<>();
    lines.add(count(connections.size(), "connection"));
    connections.stream().limit(MAX_LINES).map(StateReport::line).forEach(lines::add);
    if (connections.size() > MAX_LINES) {
      lines.add("… " + count(connections.size() - MAX_LINES, "more connection"));
    }
    return text.fact("hub " + hub, lines.toArray(String[]::new));
  }

  /** {@code user "alice" json.webpubsub.azure.v1 groups [room] connection 5f…}. */
  static String line(ConnectionInfo connection) {
    return connection.userId().map(id -> "user " + FailureText.quotedContent(id)).orElse("no user")
        + "  "
        + connection.protocol().map(each -> each.subprotocol()).orElse("simple client")
        + "  "
        + (connection.groups().isEmpty()
            ? "in no group"
            : "groups " + new TreeSet<>(connection.groups()))
        + "  connection "
        + connection.connectionId();
  }

  static String count(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
