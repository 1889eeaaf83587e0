package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The first line of a failure, which alone says what was expected and what came. Values in it are
 * shortened so that it has at most 120 characters.
 */
public final class Headline {

  /** A time that a factor has stretched; what the factor adds to a text does not count. */
  private static final String STRETCHED = "[0-9.]+ m?s \\(([0-9.]+ m?s) x factor [0-9.]+\\)";

  private static final int MAX = 120;
  private static final int MAX_PARTY = 40;
  private static final int LEAST = 8;

  /** Characters left of each value where the most telling one has to be shortened, too. */
  private static final int FAIR = 16;

  /** Characters shown before the first that differs, where what stands before is left out. */
  private static final int BEFORE = 4;

  private final List<Object> parts = new ArrayList<>();

  private Headline() {}

  /** A value; a telling one is shortened last. */
  private record Value(String masked, boolean quoted, boolean telling) {

    /**
     * Shows it.
     *
     * @param from where a shortened one begins, as what stands before tells nothing
     */
    String shown(int most, int from) {
      String escaped = FailureText.escape(masked.length() <= most ? masked : cut(most, from));
      return quoted ? '"' + escaped + '"' : escaped;
    }

    private String cut(int most, int from) {
      int start = whole(Math.min(from, masked.length() - most + 1));
      int room = start > 0 ? most - 1 : most;
      int end = masked.length() - start <= room ? masked.length() : whole(start + room - 1);
      return (start > 0 ? "…" : "")
          + Secrets.part(masked, start, end)
          + (end < masked.length() ? "…" : "");
    }

    /** A place that does not split a surrogate pair. */
    private int whole(int at) {
      return at > 0 && at < masked.length() && Character.isLowSurrogate(masked.charAt(at))
          ? at - 1
          : at;
    }
  }

  /** A headline that begins with these words. */
  public static Headline of(String words) {
    return new Headline().words(words);
  }

  /** Adds words, which are never shortened. */
  public Headline words(String words) {
    parts.add(words);
    return this;
  }

  /** Adds a value in quotes, which may be shortened. */
  public Headline quoted(String value) {
    return add(value, true, false);
  }

  /** Adds a value without quotes, which may be shortened. */
  public Headline value(String value) {
    return add(value, false, false);
  }

  /**
   * Adds what tells most, without quotes; it is shortened only where that of all others is not
   * enough.
   */
  public Headline telling(String value) {
    return add(value, false, true);
  }

  private Headline add(String value, boolean quoted, boolean telling) {
    parts.add(new Value(Secrets.mask(value), quoted, telling));
    return this;
  }

  /** Adds all of another headline. */
  public Headline add(Headline other) {
    parts.addAll(other.parts);
    return this;
  }

  private static int length(String line) {
    return line.replaceAll(STRETCHED, "$1").length();
  }

  /** Returns whether a value had to be shortened, so that the text should state it once more. */
  boolean isShortened(String party) {
    return length(text(party, Integer.MAX_VALUE, Integer.MAX_VALUE)) > MAX;
  }

  /** The line: {@code [party] words}. */
  String line(String party) {
    int most = shortened(MAX, LEAST, each -> text(party, each, MAX));
    int mostTelling = MAX;
    if (length(text(party, most, MAX)) > MAX) {
      mostTelling = shortened(MAX, LEAST, each -> text(party, FAIR, each));
      int told = mostTelling;
      most = shortened(FAIR, LEAST, each -> text(party, each, told));
    }
    String line = text(party, most, mostTelling);
    return length(line) <= MAX ? line : Secrets.part(line, 0, MAX - 1) + "…";
  }

  /** The highest number for which the text is short enough, or the lowest. */
  private static int shortened(int most, int least, IntFunction<String> text) {
    int number = most;
    while (number > least && length(text.apply(number)) > MAX) {
      number--;
    }
    return number;
  }

  private String text(String party, int most, int mostTelling) {
    StringBuilder out = new StringBuilder();
    out.append('[')
        .append(Secrets.beginning(FailureText.escape(party), MAX_PARTY, "…"))
        .append("] ");
    int from = from(most);
    for (Object part : parts) {
      if (part instanceof Value value) {
        out.append(value.telling() ? value.shown(mostTelling, 0) : value.shown(most, from));
      } else {
        out.append(part);
      }
    }
    return out.toString();
  }

  /** Where two values begin that are so much alike that their beginnings would look the same. */
  private int from(int most) {
    List<String> values =
        parts.stream()
            .filter(part -> part instanceof Value value && !value.telling())
            .map(part -> ((Value) part).masked())
            .filter(masked -> masked.length() > most)
            .toList();
    if (values.size() != 2) {
      return 0;
    }
    int prefix = TextDifference.between(values.get(0), values.get(1)).prefix();
    return prefix < most - BEFORE ? 0 : prefix - BEFORE;
  }
}
