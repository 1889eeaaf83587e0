package io.github.webpubsubtestkit.internal.hub;

import java.util.Set;
import java.util.function.Predicate;

/**
 * A selection among the connections of a target (rest-api 8.1, 10).
 *
 * @param excluded the ids of excluded connections
 * @param filter the condition on the others
 */
public record Selection(Set<String> excluded, Predicate<? super Selectable> filter) {

  /** Lets every connection pass. */
  public static final Selection EVERYONE = new Selection(Set.of(), connection -> true);

  /** Selects all connections except these. */
  public static Selection without(Set<String> excluded) {
    return new Selection(excluded, EVERYONE.filter);
  }

  boolean takes(Connection connection) {
    return !excluded.contains(connection.id())
        && (filter == EVERYONE.filter || filter.test(connection));
  }
}
