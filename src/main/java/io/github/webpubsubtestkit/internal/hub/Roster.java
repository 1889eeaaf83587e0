package io.github.webpubsubtestkit.internal.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a hub by id, user and group. Guarded by the hub's lock; iteration follows the
 * order of joining.
 */
final class Roster {

  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final Map<String, Set<Connection>> users = new HashMap<>();
  private final Map<String, Set<Connection>> groups = new HashMap<>();
  private final Runnable changed;

  /** Creates an empty roster that reports each change. */
  Roster(Runnable changed) {
    this.changed = changed;
  }

  void add(Connection connection) {
    connections.put(connection.id(), connection);
    String user = connection.visibleUserId();
    if (user != null) {
      users.computeIfAbsent(user, key -> new LinkedHashSet<>()).add(connection);
    }
    changed.run();
  }

  void remove(Connection connection) {
    connections.remove(connection.id());
    String user = connection.visibleUserId();
    if (user != null) {
      removeFrom(users, user, connection);
    }
    for (String group : List.copyOf(connection.groups())) {
      leave(connection, group);
    }
    changed.run();
  }

  void join(Connection connection, String group) {
    if (connection.groups().add(group)) {
      groups.computeIfAbsent(group, key -> new LinkedHashSet<>()).add(connection);
      changed.run();
    }
  }

  void leave(Connection connection, String group) {
    if (connection.groups().remove(group)) {
      removeFrom(groups, group, connection);
      changed.run();
    }
  }

  @Nullable Connection connection(String id) {
    return connections.get(id);
  }

  Collection<Connection> all() {
    return connections.values();
  }

  Collection<Connection> ofUser(String user) {
    return users.getOrDefault(user, Set.of());
  }

  Collection<Connection> inGroup(String group) {
    return groups.getOrDefault(group, Set.of());
  }

  /** A copy, for loops that change the roster. */
  static List<Connection> snapshot(Collection<Connection> some) {
    return new ArrayList<>(some);
  }

  private static void removeFrom(
      Map<String, Set<Connection>> index, String key, Connection connection) {
    Set<Connection> members = index.get(key);
    if (members != null) {
      members.remove(connection);
      if (members.isEmpty()) {
        index.remove(key);
      }
    }
  }
}
