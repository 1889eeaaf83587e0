package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import org.jspecify.annotations.Nullable;

/** What came of a user event (event-handlers 7). */
public sealed interface EventOutcome {

  /** For the sender, with its metadata; null for none. */
  @Nullable Payload reply();

  /** Why it failed, for the timeline; the client is not told. Null if it did not. */
  @Nullable String failure();

  /** Somebody took it. */
  record Taken(@Override @Nullable Payload reply) implements EventOutcome {

    /** Taken without a reply. */
    public static final Taken WITHOUT_REPLY = new Taken(null);

    @Override
    public @Nullable String failure() {
      return null;
    }
  }

  /** Nobody took it, or it failed. */
  record Failed(@Override String failure) implements EventOutcome {

    @Override
    public @Nullable Payload reply() {
      return null;
    }
  }
}
