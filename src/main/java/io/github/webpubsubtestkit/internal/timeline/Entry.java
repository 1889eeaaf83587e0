package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;

/**
 * One thing that happened.
 *
 * @param at time since the timeline began
 * @param party whom it concerns, for example {@code alice} or {@code REST}
 * @param direction which way it went
 * @param text what happened; long payloads are cut, tokens are masked
 */
public record Entry(Duration at, String party, Direction direction, String text) {

  /** {@code +0.012 s alice -> text}. */
  @Override
  public String toString() {
    return Timeline.seconds(at) + "  " + party + "  " + direction.arrow() + "  " + text;
  }
}
