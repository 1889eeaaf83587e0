package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import java.util.List;

/**
 * Something that came, as one line of a failure text.
 *
 * @param at since the timeline began
 * @param columns what is said about it, such as origin and kind; aligned with those of other lines
 * @param content the payload, ready to be shown: see {@link FailureText#content}
 * @param notes what a reader should see about it, at the end of the line
 * @param keep whether the line stays when others are left out
 */
public record Arrival(
    Duration at, List<String> columns, String content, List<String> notes, boolean keep) {}
