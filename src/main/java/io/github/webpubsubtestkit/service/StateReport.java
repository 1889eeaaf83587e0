package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The connections of a hub, for failure texts. */
final class StateReport {

  private static final int MAX_LINES = 30;

  private StateReport() {}

  /** Adds the connections of a hub, a line each, and says how many others have. */
  static void add(
      FailureText text, String hub, List<ConnectionInfo> all, List<ConnectionInfo> connections) {
    add(text, hub, connections);
    Map<String, List<ConnectionInfo>> others = new TreeMap<>();
    for (ConnectionInfo each : all) {
      if (!each.hub().equalsIgnoreCase(hub)) {
        others.computeIfAbsent(each.hub(), name -> new ArrayList<>()).add(each);
      }
    }
    others.forEach(
        (name, there) ->
            text.fact(
                "hub " + FailureText.quote(name),
                FailureText.count(there.size(), "connection") + ": " + line(there.get(0))));
  }

  private static void add(FailureText text, String hub, List<ConnectionInfo> connections) {
    String label = "hub " + FailureText.quote(hub);
    if (connections.isEmpty()) {
      text.fact(label, "no connection");
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(FailureText.count(connections.size(), "connection"));
    lines.addAll(aligned(connections.stream().limit(MAX_LINES).map(StateReport::cells).toList()));
    if (connections.size() > MAX_LINES) {
      lines.add("… " + FailureText.count(connections.size() - MAX_LINES, "more connection"));
    }
    text.fact(label, lines);
  }

  /** {@code user "alice" json.webpubsub.azure.v1 groups [room] connection 5f…}. */
  static String line(ConnectionInfo connection) {
    return String.join("  ", cells(connection));
  }

  private static List<String> cells(ConnectionInfo connection) {
    return List.of(
        connection.userId().map(id -> "user " + FailureText.quotedContent(id)).orElse("no user"),
        connection.protocol().map(Protocol::subprotocol).orElse("simple client"),
        groups(connection),
        "connection " + connection.connectionId());
  }

  /** {@code groups [room]}. */
  static String groups(ConnectionInfo connection) {
    return connection.groups().isEmpty()
        ? "in no group"
        : "groups " + FailureText.names(new TreeSet<>(connection.groups()));
  }

  private static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size() - 1; column++) {
        int index = column;
        int width = rows.stream().mapToInt(each -> each.get(index).length()).max().orElse(0);
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width - cell.length())).append("  ");
      }
      lines.add(line.append(row.get(row.size() - 1)).toString());
    }
    return lines;
  }
}
