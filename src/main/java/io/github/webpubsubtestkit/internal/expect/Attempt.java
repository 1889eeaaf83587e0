package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /** The last line of a report, which says what its times mean. */
  private static final String TIMES = "(?m)^ {2}times are seconds [^\n]*$";

  /** The wait begins. */
  void begins(Duration began) {
    timeline.waits().begin(this, began, report);
  }

  /** Its thread was interrupted. */
  void threadInterrupted() {
    timeline.waits().interrupted(this);
  }

  /** The wait is over. */
  void ended() {
    timeline.waits().end(this);
  }

  /** Records that the time is up. */
  void gaveUp(Duration began, Duration atMost) {
    String report = this.report.get();
    begun(began, atMost);
    timeline.record(Timeline.TEST, Direction.FAILURE, "gave up: " + firstLine(report));
  }

  /** The exception for an interruption, which is recorded. */
  RuntimeException interrupted(Interruption interruption, Duration began, Duration atMost) {
    String said =
        "  the wait began at "
            + Timeline.seconds(began)
            + ", while a @Timeout counts from the beginning of the test\n";
    String text =
        OwnTexts.remembered(interruption.in(report.get()).replaceFirst(TIMES, said + "$0"));
    begun(began, atMost);
    timeline.record(Timeline.TEST, Direction.FAILURE, firstLine(text));
    return interrupted.apply(text);
  }

  /** Records when the waiting began, which is only of interest now. */
  private void begun(Duration began, Duration atMost) {
    timeline.noteAt(began, Timeline.TEST, "begins to wait, at most " + Times.describe(atMost));
  }

  /** Each attempt is one of its own; and what records compare by costs a first test 40 classes. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
