package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * A connection as seen by a selection, for example a filter: its current state, not a copy. Must
 * only be used during the selection, under the hub's lock.
 */
public interface Selectable {

  /** The id that the service gave it. */
  String id();

  /** Null without a user; may be empty (client-protocols D19). */
  @Nullable String userId();

  /** Returns whether it is a member of the group. */
  boolean isInGroup(String group);

  /** The number of its groups. */
  int groupCount();

  /** The negotiated subprotocol; null without one. */
  @Nullable String protocolName();
}
