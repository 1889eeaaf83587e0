package io.github.webpubsubtestkit.internal.expect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How near two texts are to each other, to find the nearest of several. */
public final class Similarity {

  /** Longer texts are compared by their beginnings and ends only. */
  private static final int MAX_PAIRS = 2_000;

  private Similarity() {}

  /** From 0 (nothing in common) to 1 (equal); texts that differ only in case are nearly equal. */
  public static double of(String one, String other) {
    if (one.equals(other)) {
      return 1;
    }
    if (one.equalsIgnoreCase(other)) {
      return 0.98;
    }
    if (one.strip().equals(other.strip()) || TextDifference.looksAlike(one, other)) {
      return 0.97;
    }
    int longest = Math.max(one.length(), other.length());
    double ends = 0.95 * TextDifference.between(one, other).sameCharacters() / longest;
    return longest > MAX_PAIRS ? ends : Math.max(ends, 0.95 * pairsInCommon(one, other));
  }

  /** The share of pairs of neighbouring characters that both have, in any case (Dice). */
  private static double pairsInCommon(String one, String other) {
    if (one.length() < 2 || other.length() < 2) {
      return 0;
    }
    Map<Integer, Integer> pairs = new HashMap<>();
    String first = one.toLowerCase(Locale.ROOT);
    for (int i = 0; i + 2 <= first.length(); i++) {
      pairs.merge(pair(first, i), 1, Integer::sum);
    }
    int common = 0;
    String second = other.toLowerCase(Locale.ROOT);
    for (int i = 0; i + 2 <= second.length(); i++) {
      int pair = pair(second, i);
      Integer left = pairs.get(pair);
      if (left != null && left > 0) {
        pairs.put(pair, left - 1);
        common++;
      }
    }
    return 2.0 * common / (first.length() - 1 + second.length() - 1);
  }

  private static int pair(String text, int at) {
    return text.charAt(at) << Character.SIZE | text.charAt(at + 1);
  }
}
