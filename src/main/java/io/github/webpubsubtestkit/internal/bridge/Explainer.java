package io.github.webpubsubtestkit.internal.bridge;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains the failure of a test by what a fake knows.
 *
 * @param <F> the fake: {@code FakeWebPubSub}
 */
public interface Explainer<F> {

  /**
   * A moment of a fake.
   *
   * @param era what lasts from its start, or a reset, to the next reset
   * @param at the time of the timeline, which begins anew with each era
   */
  record Moment(Object era, Duration at) {}

  /** The present moment of a fake. */
  Moment now(F fake);

  /** Records that a test has failed, if the timeline does not say it yet. */
  void failed(F fake, Throwable failure);

  /** Returns whether a failure says itself what the service saw. */
  boolean explainsItself(Throwable failure);

  /**
   * The lines that tell most of what the service saw since a moment, or since it was reset, in
   * order of time; empty if it has nothing to say.
   *
   * @param since null for its start
   */
  List<String> lines(F fake, @Nullable Moment since);

  /**
   * The reports of assertions that waited when somebody interrupted their thread, and began since a
   * moment.
   *
   * @param since null for the start of the fake
   */
  List<String> waits(F fake, @Nullable Moment since);

  /** The operations since a moment that had an effect; a failure cannot know them. */
  List<String> later(F fake, Moment since);

  /** Lets the stack trace of an exception that this kit has thrown begin at the user's line. */
  void trim(Throwable failure);
}
