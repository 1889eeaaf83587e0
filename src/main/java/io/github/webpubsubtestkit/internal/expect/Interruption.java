package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wait has ended because its thread was interrupted; the thread's interrupt flag is set again.
 * Whoever waited for something makes it an exception with a report.
 */
public final class Interruption extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Pattern PARTY = Pattern.compile("^(\\[.*?] )?");

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
    String words = "interrupted after " + rounded(after) + ": ";
    return OwnTexts.remembered(
        PARTY.matcher(report).replaceFirst("$1" + Matcher.quoteReplacement(words)));
  }

  /** In milliseconds: more digits tell nothing. */
  private static String rounded(Duration after) {
    return Times.describe(Duration.ofMillis(after.toMillis()));
  }
}
