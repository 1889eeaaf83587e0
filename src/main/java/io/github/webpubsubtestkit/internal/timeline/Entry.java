package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the timeline.
 *
 * @param at time since the timeline began
 * @param kind what it is about
 * @param party the party concerned, for example {@code alice#1} or {@code REST}
 * @param direction its direction
 * @param text its description on one line; long payloads are cut, tokens are masked
 * @param connectionId the connection concerned; null if there is none
 * @param operation the operation asked for; null if there is none
 * @param outcome what came of it; null if nothing comes of it, or nothing has come yet
 * @param payload its bytes; empty if there are none, or too many to be kept
 * @param isText whether the payload is text
 */
public record Entry(
    Duration at,
    Kind kind,
    String party,
    Direction direction,
    String text,
    @Nullable String connectionId,
    @Nullable String operation,
    @Nullable String outcome,
    byte[] payload,
    boolean isText) {

  /** {@code +0.012 s alice -> text}. */
  @Override
  public String toString() {
    return Seconds.of(at) + "  " + party + "  " + direction.arrow() + "  " + text;
  }
}
