package io.github.webpubsubtestkit.internal.hub;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Which connections of a target are meant (rest-api 8.1, 10).
 *
 * @param excluded the ids of connections that are not
 * @param filter what the others must be
 */
public record Selection(Set<String> excluded, Predicate<? super Selectable> filter) {

  /** Lets every connection pass. */
  public static final Selection EVERYONE = new Selection(Set.of(), connection -> true);

  /** All but these connections. */
  public static Selection without(Set<String> excluded) {
    return new Selection(excluded, EVERYONE.filter);
  }

  boolean takes(Connection connection) {
    return !excluded.contains(connection.id())
        && (filter == EVERYONE.filter || filter.test(connection));
  }
}
