package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import org.jspecify.annotations.Nullable;

/** What came of a user event (event-handlers 7). */
public sealed interface EventOutcome {

  /**
   * Somebody took it.
   *
   * @param reply for the sender, with its metadata; null for none
   */
  record Taken(@Nullable Payload reply) implements EventOutcome {

    /** Taken without a reply. */
    public static final Taken WITHOUT_REPLY = new Taken(null);
  }

  /**
   * Nobody took it, or it failed.
   *
   * @param detail why, for the timeline; the client is not told
   */
  record Failed(String detail) implements EventOutcome {}
}
