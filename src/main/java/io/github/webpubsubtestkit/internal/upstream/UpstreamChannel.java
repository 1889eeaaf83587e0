package io.github.webpubsubtestkit.internal.upstream;

import java.util.function.Consumer;

/** A way to the application: over HTTP, or to a stand-in for it in this process. */
public interface UpstreamChannel {

  /**
   * Returns whether the application has to allow its requests before it gets any (event-handlers
   * 3). If not, it sees no OPTIONS.
   */
  boolean needsValidation();

  /**
   * Sends a request; returns at once and calls no code of a user on the calling thread, which may
   * hold the hub's lock.
   *
   * <p>There is no limit of time here: whoever sends cancels the call when its time is over.
   *
   * @param then called at most once, from any thread, perhaps before this method returns; not after
   *     a cancellation
   */
  Call send(UpstreamRequest request, Consumer<UpstreamResult> then);

  /** A request that is under way. */
  interface Call {

    /** Nobody is interested any more; without effect if the answer has come. From any thread. */
    void cancel();

    /**
     * Returns whether the answer has begun to arrive: then its time limit counts from here anew.
     */
    default boolean isAnswering() {
      return false;
    }

    /** What keeps the answer away, as a clause; empty if nothing is known of that. */
    default String obstacle() {
      return "";
    }
  }
}
