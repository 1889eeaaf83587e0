package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import java.util.List;

/**
 * A received item, as one line of a failure text.
 *
 * @param at the time since the timeline began
 * @param columns its properties, such as origin and kind; aligned with those of other lines
 * @param content the payload, ready to be shown: see {@link FailureText#content}
 * @param notes remarks at the end of the line
 * @param keep true if the line stays when others are omitted
 */
public record Arrival(
    Duration at, List<String> columns, String content, List<String> notes, boolean keep) {

  /** The same, which stays only on this condition. */
  public Arrival keptIf(boolean kept) {
    return new Arrival(at, columns, content, notes, kept);
  }
}
