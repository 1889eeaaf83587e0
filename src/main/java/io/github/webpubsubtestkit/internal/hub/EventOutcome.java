package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import org.jspecify.annotations.Nullable;

/** The outcome of a user event (event-handlers 7). */
public sealed interface EventOutcome {

  /** The reply to the sender, with its metadata; null for none. */
  @Nullable Payload reply();

  /** The reason of the failure, for the timeline only; null if it did not fail. */
  @Nullable String failure();

  /** The event was accepted. */
  record Taken(@Override @Nullable Payload reply) implements EventOutcome {

    /** Acceptance without a reply. */
    public static final Taken WITHOUT_REPLY = new Taken(null);

    @Override
    public @Nullable String failure() {
      return null;
    }
  }

  /** The event had no handler, or failed. */
  record Failed(@Override String failure) implements EventOutcome {

    @Override
    public @Nullable Payload reply() {
      return null;
    }
  }
}
