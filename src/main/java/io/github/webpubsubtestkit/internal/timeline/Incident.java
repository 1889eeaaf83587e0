package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong in a fake outside of what the test asserts.
 *
 * @param number counts the incidents of a fake, from 0
 * @param at the time of the timeline
 * @param kind says whether a test fails for it
 * @param headline one line that says what went wrong
 * @param details further lines
 * @param cause the exception, if there was one
 */
public record Incident(
    long number,
    Duration at,
    Kind kind,
    String headline,
    List<String> details,
    @Nullable Throwable cause) {

  /** The kinds of incidents. */
  public enum Kind {
    /** An exception in a callback of the test. */
    CALLBACK,
    /** An exception on a thread of the kit. */
    KIT,
    /** A possible cause of failures, which fails the test itself only if the fake is strict. */
    STRAY
  }

  /** The same with another number. */
  Incident numbered(long other) {
    return new Incident(other, at, kind, headline, details, cause);
  }

  /** The same with one more detail. */
  Incident with(String detail) {
    List<String> more = new ArrayList<>(details);
    more.add(detail);
    return new Incident(number, at, kind, headline, List.copyOf(more), cause);
  }

  /** The headline with its time. */
  public String line() {
    return Seconds.of(at) + " " + headline;
  }
}
