package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The groups for which a connection has one kind of permission: by its roles (client-protocols H.1,
 * H.2), and by later grants and revocations over REST (client-protocols H.3). Guarded by the hub's
 * lock.
 *
 * <p>A rule for one name is stored only where it differs from the broad roles, so the sets are
 * mostly the shared empty one.
 */
final class GroupPermission {

  /** Ten per permission, of which one is the service's own (client-protocols H.2). */
  private static final int MAX_PATTERNS = 9;

  /** Rules for one name, from roles, grants and revocations together (rest-api 8.8). */
  static final int MAX_LITERALS = 1_000;

  private final boolean everyGroup;
  private final List<GroupPattern> patterns;
  private Set<String> granted;
  private Set<String> revoked = Set.of();

  private GroupPermission(boolean everyGroup, Set<String> granted, List<GroupPattern> patterns) {
    this.everyGroup = everyGroup;
    this.granted = granted;
    this.patterns = patterns;
  }

  /** The permission from these roles. */
  static GroupPermission of(GroupAction permission, List<String> roles) {
    String role = permission.role();
    boolean everyGroup = false;
    Set<String> literals = new HashSet<>();
    List<GroupPattern> patterns = new ArrayList<>();
    int countedPatterns = 0;
    for (String each : roles.stream().sorted().toList()) {
      if (each.equals(role)) {
        everyGroup = true;
      } else if (each.startsWith(role + ".")) {
        String group = each.substring(role.length() + 1);
        if (Names.isGroup(group) && literals.size() < MAX_LITERALS) {
          literals.add(group);
        }
      } else if (each.startsWith(role + "s.") && countedPatterns < MAX_PATTERNS) {
        countedPatterns += addPattern(patterns, literals, each.substring(role.length() + 2));
      }
    }
    GroupPermission held = new GroupPermission(everyGroup, Set.of(), List.copyOf(patterns));
    literals.removeIf(held::isBroad);
    held.granted = literals.isEmpty() ? Set.of() : literals;
    return held;
  }

  /**
   * Gives how many patterns that is: one without a wildcard is one, though it means a single name,
   * for which there is room beyond that of the literal roles.
   */
  private static int addPattern(List<GroupPattern> patterns, Set<String> literals, String pattern) {
    GroupPattern parsed = GroupPattern.parse(pattern).orElse(null);
    if (parsed == null) {
      return 0;
    }
    parsed.literal().ifPresentOrElse(literals::add, () -> patterns.add(parsed));
    return 1;
  }

  /** Returns whether it is held for that group. */
  boolean covers(String group) {
    return granted.contains(group) || (isBroad(group) && !revoked.contains(group));
  }

  /** Grants it for one group; returns false if there are already too many rules. */
  boolean grant(String group) {
    if (revoked.contains(group)) {
      revoked.remove(group);
    }
    if (covers(group) && !isOverfull()) {
      return true;
    }
    if (isFull()) {
      return false;
    }
    granted = with(granted, group);
    return true;
  }

  /** Revokes it for one group; returns false if there are already too many rules. */
  boolean revoke(String group) {
    boolean rule = granted.contains(group);
    if (isBroad(group) && !revoked.contains(group)) {
      if (!rule && isFull()) {
        return false;
      }
      revoked = with(revoked, group);
    }
    if (rule) {
      granted.remove(group);
    }
    return true;
  }

  /** Returns whether the roles grant it without a rule for this name. */
  private boolean isBroad(String group) {
    return everyGroup || patterns.stream().anyMatch(pattern -> pattern.matches(group));
  }

  private boolean isFull() {
    return granted.size() + revoked.size() >= MAX_LITERALS;
  }

  /** A role that is a pattern can give a name more than there is room for. */
  private boolean isOverfull() {
    return granted.size() + revoked.size() > MAX_LITERALS;
  }

  private static Set<String> with(Set<String> rules, String group) {
    Set<String> more = rules.isEmpty() ? new HashSet<>() : rules;
    more.add(group);
    return more;
  }
}
