package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;

/**
 * The first line of a failure, which alone says what was expected and what came. Values in it are
 * shortened so that it has at most 120 characters.
 */
public final class Headline {

  private static final int MAX = 120;
  private static final int MAX_PARTY = 40;
  private static final int LEAST = 8;

  private final List<Object> parts = new ArrayList<>();

  private Headline() {}

  private record Value(String masked, boolean quoted) {

    String shown(int most) {
      String cut =
          masked.length() <= most ? masked : masked.substring(0, Math.max(0, most - 1)) + "…";
      String escaped = FailureText.escape(cut);
      return quoted ? '"' + escaped + '"' : escaped;
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
    parts.add(new Value(Secrets.mask(value), true));
    return this;
  }

  /** Adds a value without quotes, which may be shortened. */
  public Headline value(String value) {
    parts.add(new Value(Secrets.mask(value), false));
    return this;
  }

  /** Adds all of another headline. */
  public Headline add(Headline other) {
    parts.addAll(other.parts);
    return this;
  }

  /** Returns whether a value had to be shortened, so that the text should state it once more. */
  boolean isShortened(String party) {
    return length(party, Integer.MAX_VALUE) > MAX;
  }

  /** The line: {@code [party] words}. */
  String line(String party) {
    int most = MAX;
    while (most > LEAST && length(party, most) > MAX) {
      most--;
    }
    return text(party, most);
  }

  private int length(String party, int most) {
    return text(party, most).length();
  }

  private String text(String party, int most) {
    StringBuilder out = new StringBuilder();
    out.append('[')
        .append(Secrets.beginning(FailureText.escape(party), MAX_PARTY, "…"))
        .append("] ");
    for (Object part : parts) {
      out.append(part instanceof Value value ? value.shown(most) : part);
    }
    return out.toString();
  }
}
