package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;

/**
 * A wait has ended because its thread was interrupted; the thread's interrupt flag is set again.
 * Whoever waited for something makes it an exception with a report.
 */
public final class Interruption extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How long the wait had lasted. */
  private final Duration after;

  /** An interruption of a wait that had lasted this long. */
  public Interruption(Duration after) {
    super("interrupted after " + rounded(after), null, false, false);
    this.after = after;
  }

  /** An interruption of a wait that began at this time of {@link System#nanoTime()}. */
  public static Interruption since(long startNanos) {
    return new Interruption(Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /**
   * The report of a wait, which says after how long it was interrupted: {@code [alice] interrupted
   * after 2 s: expected text "hi" within 5 s but received nothing}.
   *
   * @param report what it would say if the time had been up
   */
  public String in(String report) {
    int end = report.startsWith("[") ? report.indexOf("] ") + 2 : 0;
    return report.substring(0, Math.max(0, end))
        + "interrupted after "
        + rounded(after)
        + ": "
        + report.substring(Math.max(0, end));
  }

  /** In milliseconds: more digits tell nothing. */
  private static String rounded(Duration after) {
    return Times.describe(Duration.ofMillis(after.toMillis()));
  }
}
