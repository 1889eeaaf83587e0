package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a failed assertion: a headline with party and timeout, aligned facts, all received
 * items, and the state. Tokens are masked, control characters shown as escapes, long texts cut.
 */
public final class FailureText {

  /** The maximum number of characters shown of a payload; longer ones are cut in the middle. */
  public static final int MAX_CONTENT = 200;

  /** The maximum number of characters shown of a fact. */
  private static final int MAX_FACT = 2_000;

  /** The maximum number of lines of received items; the first and the last half are kept. */
  private static final int MAX_ARRIVALS = 50;

  private final String headline;
  private final List<String> labels = new ArrayList<>();
  private final List<List<String>> facts = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  private FailureText(String headline) {
    this.headline = headline;
  }

  /** A text that begins with {@code [party] headline}. */
  public static FailureText of(String party, String headline) {
    return new FailureText("[" + party + "] " + headline);
  }

  /** A labelled value; further ones stand below the first. */
  public FailureText fact(String label, String... values) {
    labels.add(label);
    facts.add(List.of(values));
    return this;
  }

  /** A labelled list of received items. */
  public FailureText arrivals(String label, String summary, List<Arrival> arrivals) {
    fact(label, summary);
    lines.addAll(table(arrivals));
    return this;
  }

  /** Lines at the end about problems elsewhere that may be the cause. */
  public FailureText troubles(List<String> troubles) {
    troubles.forEach(this::state);
    return this;
  }

  /** A line at the end. */
  public FailureText state(String line) {
    lines.add("  " + line);
    return this;
  }

  /** The whole text, without a line break at its end. */
  public String text() {
    StringBuilder out = new StringBuilder(headline);
    int width = labels.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      for (String value : facts.get(i)) {
        out.append("\n  ")
            .append(padded(label, width))
            .append("   ")
            .append(Secrets.cut(value, MAX_FACT));
        label = "";
      }
    }
    for (String line : lines) {
      out.append('\n').append(line);
    }
    return Secrets.mask(out.toString());
  }

  /** The text in quotes, control characters as escapes. */
  public static String quote(String text) {
    return '"' + escape(text) + '"';
  }

  /** A payload that is shown without quotes: control characters as escapes, cut if it is long. */
  public static String content(String text) {
    return escape(Secrets.cut(text, MAX_CONTENT));
  }

  /** A payload that is shown in quotes: control characters as escapes, cut if it is long. */
  public static String quotedContent(String text) {
    return quote(Secrets.cut(text, MAX_CONTENT));
  }

  static String escape(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        if (out == null) {
          out = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        out.append(
            switch (c) {
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              case '\t' -> "\\t";
              default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
            });
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static List<String> table(List<Arrival> arrivals) {
    List<Arrival> shown = new ArrayList<>();
    List<Integer> skippedBefore = new ArrayList<>();
    int skipped = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      boolean edge = i < MAX_ARRIVALS / 2 || i >= arrivals.size() - MAX_ARRIVALS / 2;
      if (edge || arrivals.get(i).keep()) {
        shown.add(arrivals.get(i));
        skippedBefore.add(skipped);
        skipped = 0;
      } else {
        skipped++;
      }
    }
    int columns = shown.stream().mapToInt(each -> each.columns().size()).max().orElse(0);
    int[] widths = new int[columns + 1];
    for (Arrival each : shown) {
      List<String> cells = cells(each);
      for (int c = 0; c < cells.size(); c++) {
        widths[c] = Math.max(widths[c], cells.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      if (skippedBefore.get(i) > 0) {
        lines.add(String.format(Locale.ROOT, "    … %,d more …", skippedBefore.get(i)));
      }
      lines.add(line(shown.get(i), widths));
    }
    return lines;
  }

  private static List<String> cells(Arrival arrival) {
    List<String> cells = new ArrayList<>();
    cells.add(Timeline.seconds(arrival.at()));
    cells.addAll(arrival.columns());
    return cells;
  }

  private static String line(Arrival arrival, int[] widths) {
    StringBuilder line = new StringBuilder("  ");
    List<String> cells = cells(arrival);
    for (int c = 0; c < cells.size(); c++) {
      if (widths[c] > 0) {
        line.append("  ").append(padded(cells.get(c), widths[c]));
      }
    }
    if (!arrival.content().isEmpty()) {
      line.append("  ").append(arrival.content());
    }
    String stripped = line.toString().stripTrailing();
    return arrival.notes().isEmpty()
        ? stripped
        : stripped + "     <- " + String.join("; ", arrival.notes());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
