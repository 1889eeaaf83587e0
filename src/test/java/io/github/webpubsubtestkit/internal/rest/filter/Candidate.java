package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.hub.Selectable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that is only looked at. */
record Candidate(
    String id, @Nullable String userId, Set<String> groups, @Nullable String protocolName)
    implements Selectable {

  /** Connection A of rest-api 10.7. */
  static final Candidate A =
      new Candidate("c1", "user1", Set.of("g1", "g2"), "json.webpubsub.azure.v1");

  /** Connection B of rest-api 10.7. */
  static final Candidate B = new Candidate("c2", null, Set.of(), null);

  /** The one that the service checks types with (rest-api 10.5). */
  static final Candidate NOTHING = new Candidate("", null, Set.of(), null);

  static Candidate user(@Nullable String userId) {
    return new Candidate("c", userId, Set.of(), null);
  }

  @Override
  public boolean isInGroup(String group) {
    return groups.contains(group);
  }

  @Override
  public int groupCount() {
    return groups.size();
  }
}
