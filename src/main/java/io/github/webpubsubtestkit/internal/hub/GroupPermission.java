package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * For which groups a connection holds one kind of permission by its roles (client-protocols H.1,
 * H.2).
 */
final class GroupPermission {

  /** Ten per permission, of which one is the service's own (client-protocols H.2). */
  private static final int MAX_PATTERNS = 9;

  private static final int MAX_LITERALS = 1_000;

  private final boolean everyGroup;
  private final Set<String> literals;
  private final List<GroupPattern> patterns;

  private GroupPermission(boolean everyGroup, Set<String> literals, List<GroupPattern> patterns) {
    this.everyGroup = everyGroup;
    this.literals = literals;
    this.patterns = patterns;
  }

  /** The right to join and leave: roles {@code webpubsub.joinLeaveGroup…}. */
  static GroupPermission toJoinAndLeave(List<String> roles) {
    return of(roles, "webpubsub.joinLeaveGroup");
  }

  /** The right to publish: roles {@code webpubsub.sendToGroup…}. */
  static GroupPermission toSend(List<String> roles) {
    return of(roles, "webpubsub.sendToGroup");
  }

  private static GroupPermission of(List<String> roles, String role) {
    boolean everyGroup = false;
    Set<String> literals = new HashSet<>();
    List<GroupPattern> patterns = new ArrayList<>();
    for (String each : new TreeSet<>(roles)) {
      if (each.equals(role)) {
        everyGroup = true;
      } else if (each.startsWith(role + ".")) {
        addLiteral(literals, each.substring(role.length() + 1));
      } else if (each.startsWith(role + "s.")) {
        addPattern(patterns, literals, each.substring(role.length() + 2));
      }
    }
    return new GroupPermission(everyGroup, Set.copyOf(literals), List.copyOf(patterns));
  }

  private static void addLiteral(Set<String> literals, String group) {
    if (Names.isGroup(group) && literals.size() < MAX_LITERALS) {
      literals.add(group);
    }
  }

  private static void addPattern(
      List<GroupPattern> patterns, Set<String> literals, String pattern) {
    GroupPattern parsed = GroupPattern.parse(pattern).orElse(null);
    if (parsed == null) {
      return;
    }
    String literal = parsed.literal().orElse(null);
    if (literal != null) {
      addLiteral(literals, literal);
    } else if (patterns.size() < MAX_PATTERNS) {
      patterns.add(parsed);
    }
  }

  boolean covers(String group) {
    return everyGroup
        || literals.contains(group)
        || patterns.stream().anyMatch(pattern -> pattern.matches(group));
  }
}
