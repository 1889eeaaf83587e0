package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.timeline.Entry;
import java.time.Duration;

/**
 * One thing that happened on a fake: a frame, a REST call, a handshake, a close.
 *
 * @param at time since the fake was started
 * @param party whom it concerns: a client's name, a connection, or {@code REST}
 * @param direction which way it went
 * @param text what happened; long payloads are cut, tokens and keys are masked
 * @since 0.1
 */
public record TimelineEntry(Duration at, String party, Direction direction, String text) {

  /**
   * Makes an entry of its parts.
   *
   * @param at see above
   * @param party see above
   * @param direction see above
   * @param text see above
   * @throws NullPointerException if a part is null
   */
  public TimelineEntry {
    requireNonNull(at, "at");
    requireNonNull(party, "party");
    requireNonNull(direction, "direction");
    requireNonNull(text, "text");
  }

  static TimelineEntry of(Entry entry) {
    Direction direction =
        switch (entry.direction()) {
          case IN -> Direction.TO_SERVICE;
          case OUT -> Direction.FROM_SERVICE;
          case NOTE -> Direction.NOTE;
        };
    return new TimelineEntry(entry.at(), entry.party(), direction, entry.text());
  }

  /**
   * Which way something went.
   *
   * @since 0.1
   */
  public enum Direction {
    /** From a client or an application to the service. */
    TO_SERVICE,
    /** From the service to a client or an application. */
    FROM_SERVICE,
    /** Nothing was sent: a state changed or a decision was taken. */
    NOTE
  }
}
