package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The waiting of an assertion as others see it: in the timeline once it was in vain, and as an
 * exception once it was interrupted.
 *
 * @param timeline of the fake
 * @param report the text of the failure if the time were up now
 * @param interrupted makes the exception for a text
 */
public record Attempt(
    Timeline timeline,
    Supplier<String> report,
    Function<String, ? extends RuntimeException> interrupted) {

  /** Records that the time is up. */
  void gaveUp(Duration began, Duration atMost) {
    String report = this.report.get();
    begun(began, atMost);
    timeline.record(Timeline.TEST, Direction.FAILURE, "gave up: " + firstLine(report));
  }

  /** The exception for an interruption, which is recorded. */
  RuntimeException interrupted(Interruption interruption, Duration began, Duration atMost) {
    String text = interruption.in(report.get());
    begun(began, atMost);
    timeline.record(Timeline.TEST, Direction.FAILURE, firstLine(text));
    return interrupted.apply(text);
  }

  /** Records when the waiting began, which is only of interest now. */
  private void begun(Duration began, Duration atMost) {
    timeline.noteAt(began, Timeline.TEST, "begins to wait, at most " + Times.describe(atMost));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
