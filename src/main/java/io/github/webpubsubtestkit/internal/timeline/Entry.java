package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;

/**
 * One entry of the timeline.
 *
 * @param at time since the timeline began
 * @param party the party concerned, for example {@code alice} or {@code REST}
 * @param direction its direction
 * @param text its description; long payloads are cut, tokens are masked
 */
public record Entry(Duration at, String party, Direction direction, String text) {

  /** {@code +0.012 s alice -> text}. */
  @Override
  public String toString() {
    return Timeline.seconds(at) + "  " + party + "  " + direction.arrow() + "  " + text;
  }
}
