package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the lines that explain a failure best: refusals first, then what reached nobody, then the
 * newest of the rest.
 */
public final class Digest {

  /** The number of lines that a reader takes in. */
  public static final int MAX_LINES = 10;

  /** The newest lines have these places, however many refusals there are. */
  private static final int NEWEST = 3;

  /** How much a line tells; the first tells most. */
  public enum Rank {
    /** Somebody was refused, or something failed. */
    REFUSED,
    /** It was carried out, but had no effect on anybody. */
    IN_VAIN,
    /** It was carried out. */
    CARRIED_OUT,
    /** It is only of interest where nothing else is. */
    DETAIL
  }

  /**
   * A line to choose from.
   *
   * @param at the time since the timeline began
   * @param rank how much it tells
   * @param text one line, without the time; secrets masked
   */
  public record Line(Duration at, Rank rank, String text) {

    /** {@code +0.012 s text}. */
    @Override
    public String toString() {
      return Timeline.seconds(at) + "  " + text;
    }
  }

  private Digest() {}

  /**
   * Chooses at most {@value #MAX_LINES} lines, in order of time; equal ones become one, with their
   * number.
   */
  public static List<Line> of(List<Line> lines) {
    return of(lines, MAX_LINES);
  }

  /** The same with another number of lines. */
  public static List<Line> of(List<Line> lines, int max) {
    List<Line> left = new ArrayList<>(merged(lines));
    Comparator<Line> newestFirst = Comparator.comparing(Line::at).reversed();
    left.sort(newestFirst);
    List<Line> chosen = new ArrayList<>();
    int newest = Math.min(max, NEWEST);
    for (Line each : List.copyOf(left)) {
      if (chosen.size() < newest && each.rank() != Rank.DETAIL) {
        chosen.add(each);
        left.remove(each);
      }
    }
    left.sort(Comparator.comparing(Line::rank).thenComparing(newestFirst));
    chosen.addAll(left.subList(0, Math.min(left.size(), max - chosen.size())));
    chosen.sort(Comparator.comparing(Line::at));
    return List.copyOf(chosen);
  }

  /** Equal lines as one, with the time of the last. */
  private static List<Line> merged(List<Line> lines) {
    Map<String, List<Line>> byText = new LinkedHashMap<>();
    lines.forEach(each -> byText.computeIfAbsent(each.text(), text -> new ArrayList<>()).add(each));
    return byText.values().stream()
        .map(
            equal -> {
              Line last = equal.get(equal.size() - 1);
              return equal.size() == 1
                  ? last
                  : new Line(
                      last.at(), last.rank(), last.text() + "  (" + equal.size() + " times)");
            })
        .toList();
  }
}
