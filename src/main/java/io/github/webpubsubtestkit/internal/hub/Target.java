package io.github.webpubsubtestkit.internal.hub;

import java.util.Collection;
import java.util.List;

/**
 * The connections of a hub that an operation is for.
 *
 * @param kind the meaning of the name
 * @param name an id, a user or a group; empty for all
 */
public record Target(Kind kind, String name) {

  /** The kind of a target. */
  public enum Kind {
    /** All connections of the hub. */
    ALL,
    /** One connection. */
    CONNECTION,
    /** The connections of a user. */
    USER,
    /** The members of a group. */
    GROUP
  }

  private static final Target ALL = new Target(Kind.ALL, "");

  /** All connections of the hub. */
  public static Target all() {
    return ALL;
  }

  /** One connection. */
  public static Target connection(String id) {
    return new Target(Kind.CONNECTION, id);
  }

  /** The connections of a user. */
  public static Target user(String userId) {
    return new Target(Kind.USER, userId);
  }

  /** The members of a group. */
  public static Target group(String group) {
    return new Target(Kind.GROUP, group);
  }

  /** The current connections; changes with the roster. Called under the hub's lock. */
  Collection<Connection> in(Roster roster) {
    return switch (kind) {
      case ALL -> roster.all();
      case CONNECTION -> {
        Connection connection = roster.connection(name);
        yield connection == null ? List.of() : List.of(connection);
      }
      case USER -> roster.ofUser(name);
      case GROUP -> roster.inGroup(name);
    };
  }
}
