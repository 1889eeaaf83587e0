package io.github.webpubsubtestkit.internal.bridge;

import java.time.Duration;
import java.util.List;

/**
 * Explains the failure of a test by what a fake knows.
 *
 * @param <F> the fake: {@code FakeWebPubSub}
 */
public interface Explainer<F> {

  /** The time of a fake's timeline. */
  Duration now(F fake);

  /** Records that a test has failed, if the timeline does not say it yet. */
  void failed(F fake, Throwable failure);

  /** Returns whether a failure says itself what the service saw. */
  boolean explainsItself(Throwable failure);

  /**
   * The lines that tell most of what the service saw since a moment of its timeline, in order of
   * time; empty if it has nothing to say.
   */
  List<String> lines(F fake, Duration since);

  /**
   * The operations since a moment of the timeline that had an effect; a failure cannot know them.
   */
  List<String> later(F fake, Duration since);

  /** Lets the stack trace of an exception that this kit has thrown begin at the user's line. */
  void trim(Throwable failure);
}
