package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * A connection as those see it who choose connections, for example by a filter: what it is at this
 * moment, not a copy. To be looked at only while choosing, which happens under the hub's lock.
 */
public interface Selectable {

  /** The id that the service gave it. */
  String id();

  /** Null without a user; may be empty (client-protocols D19). */
  @Nullable String userId();

  /** Returns whether it is a member of the group. */
  boolean isInGroup(String group);

  /** How many groups it is in. */
  int groupCount();

  /** The negotiated subprotocol; null without one. */
  @Nullable String protocolName();
}
