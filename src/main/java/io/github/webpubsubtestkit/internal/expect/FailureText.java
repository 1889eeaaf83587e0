package io.github.webpubsubtestkit.internal.expect;

import static java.util.stream.Collectors.joining;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** A list of up to so many items is shown whole, even where few are enough. */
  private static final int FEW = 12;

  /** Whose trouble it is, and when it was. */
  private static final String BEGIN =
      "^((event handler|also): |a fault (was met at|is in force since) )\\+\\d+\\.\\d{3} s:? ";

  private final String headline;
  private final boolean shortened;
  private boolean troublesTold;
  private final List<Line> lines = new ArrayList<>();

  /** A line below the first; those with a label are aligned. */
  private record Line(@Nullable String label, String value) {}

  private FailureText(String headline, boolean shortened) {
    this.headline = headline;
    this.shortened = shortened;
  }

  /** A text that begins with {@code [party] headline}. */
  public static FailureText of(String party, String headline) {
    return new FailureText("[" + party + "] " + headline, false);
  }

  /** A text that begins with {@code [party] headline}. */
  public static FailureText of(String party, Headline headline) {
    return new FailureText(headline.line(party), headline.isShortened(party));
  }

  /**
   * A text about one value: {@code [party] expected a message from group "a" but was "b"}. Both are
   * stated once more where the headline had to shorten them.
   *
   * @param phrase for example {@code expected a message from group}
   */
  public static FailureText differs(String party, String phrase, String expected, String was) {
    FailureText text =
        of(party, Headline.of(phrase + " ").value(expected).words(" but was ").value(was));
    return text.shortened ? text.fact("expected", expected).fact("but was", was) : text;
  }

  /** Returns whether the headline does not state its values as a whole. */
  public boolean isShortened() {
    return shortened;
  }

  /** A labelled value; further ones stand below the first. */
  public FailureText fact(String label, String... values) {
    return fact(label, List.of(values));
  }

  /** A labelled value; further ones stand below the first. */
  public FailureText fact(String label, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      lines.add(new Line(i == 0 ? label : "", escape(Secrets.cut(values.get(i), MAX_FACT))));
    }
    return this;
  }

  /** A labelled value that the headline states, for the case that it had to be shortened there. */
  public FailureText factIfShortened(String label, String value) {
    return shortened ? fact(label, value) : this;
  }

  /** A labelled list of received items. */
  public FailureText arrivals(String label, String summary, List<Arrival> arrivals) {
    fact(label, summary);
    table(arrivals, MAX_ARRIVALS).forEach(line -> lines.add(new Line(null, line)));
    return this;
  }

  /** The same; of many items only those that are kept, and the first and last two. */
  public FailureText fewArrivals(String label, String summary, List<Arrival> arrivals) {
    fact(label, summary);
    table(arrivals, arrivals.size() > FEW ? 4 : MAX_ARRIVALS)
        .forEach(line -> lines.add(new Line(null, line)));
    return this;
  }

  /** A labelled list of items without a summary; nothing if there is none. */
  public FailureText list(String label, List<Arrival> items) {
    if (!items.isEmpty()) {
      lines.add(new Line(null, "  " + label));
      table(items, MAX_ARRIVALS).forEach(line -> lines.add(new Line(null, line)));
    }
    return this;
  }

  /**
   * Lines about problems elsewhere that may be the cause, without those that this text has told
   * already; only the first call counts.
   */
  public FailureText troubles(List<String> troubles) {
    if (!troublesTold) {
      unlessTold(troubles);
      troublesTold = true;
    }
    return this;
  }

  /** Lines without a label, without those whose content this text has told already. */
  public FailureText unlessTold(List<String> statements) {
    List<Line> told = List.copyOf(lines);
    for (String each : statements) {
      String what = each.replaceFirst(BEGIN, "");
      if (told.stream().noneMatch(line -> line.value().contains(what))) {
        state(each);
      }
    }
    return this;
  }

  /** The last line: what the times in this text mean, and how late it is. */
  public FailureText times(Duration now) {
    return state("times are seconds since the service started; now it is " + Timeline.seconds(now));
  }

  /** A line without a label. */
  public FailureText state(String line) {
    lines.add(new Line(null, "  " + line));
    return this;
  }

  /** The whole text, without a line break at its end. */
  public String text() {
    StringBuilder out = new StringBuilder(headline);
    int width =
        lines.stream()
            .map(Line::label)
            .filter(Objects::nonNull)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    for (Line line : lines) {
      out.append('\n');
      if (line.label() != null) {
        out.append("  ").append(padded(line.label(), width)).append("   ");
      }
      out.append(line.value());
    }
    return OwnTexts.remembered(Secrets.mask(out.toString()));
  }

  /** {@code 1 message}, {@code 1,000 messages}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
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

  /** {@code [lobby, "room "]}: names with what people overlook are in quotes. */
  public static String names(Collection<String> names) {
    return content(names.stream().map(FailureText::name).collect(joining(", ", "[", "]")));
  }

  private static String name(String name) {
    boolean plain =
        !name.isEmpty()
            && name.equals(name.strip())
            && name.chars().noneMatch(each -> each == ',' || each == '"');
    return plain ? name : quote(name);
  }

  static String escape(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (NameDifference.isInvisible(c)) {
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

  private static List<String> table(List<Arrival> arrivals, int most) {
    List<Arrival> shown = new ArrayList<>();
    List<Integer> skippedBefore = new ArrayList<>();
    int skipped = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      boolean edge = i < most / 2 || i >= arrivals.size() - most / 2;
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

  /**
   * The description of a part of something described.
   *
   * @param given what the user said by {@code as(..)}; may be empty
   */
  public static String described(String given, String own) {
    // AssertJ formats descriptions only when they have arguments, so a % is harmless here
    return given.isEmpty() ? own : given + ": " + own;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
