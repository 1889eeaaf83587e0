package io.github.webpubsubtestkit.internal.time;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Durations as people write them: {@code 500ms}, {@code 20s}, {@code 5 m}, {@code 1h}. */
public final class DurationText {

  private DurationText() {}

  /** The duration, also from ISO 8601 ({@code PT20S}); empty if the text is none. */
  public static Optional<Duration> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    try {
      if (lower.endsWith("ms")) {
        return Optional.of(
            Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2).strip())));
      }
      return Optional.of(
          Duration.parse(
              lower.startsWith("p") || lower.startsWith("-p")
                  ? lower
                  : "PT" + lower.replace(" ", "")));
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
