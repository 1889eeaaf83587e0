package io.github.webpubsubtestkit.internal.expect;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** How two names differ that look alike: a user, a group or an event may be missed for that. */
public final class NameDifference {

  private static final Pattern START = Pattern.compile("^\\p{IsWhite_Space}+");
  private static final Pattern END = Pattern.compile("\\p{IsWhite_Space}+$");

  private NameDifference() {}

  /**
   * A clause without a subject: {@code differs only in upper and lower case}; empty if the names
   * are equal, or differ in more than people overlook.
   *
   * @param one the name that is compared with the other; a blank that only one has is said to be
   *     there
   */
  public static Optional<String> between(String one, String other) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    String bare = stripped(one);
    String bareOther = stripped(other);
    boolean sameBlanks = bare.length() == one.length() && bareOther.length() == other.length();
    if (bare.equals(bareOther)) {
      return Optional.of("differs only " + blanks(one, other));
    }
    if (bare.equalsIgnoreCase(bareOther)) {
      String letters = "differs only in upper and lower case";
      return Optional.of(sameBlanks ? letters : letters + ", and " + blanks(one, other));
    }
    if (visible(one).equals(visible(other))) {
      return Optional.of("differs only in characters that are invisible");
    }
    return composed(one).equals(composed(other))
        ? Optional.of("differs only in how letters with accents are encoded")
        : Optional.empty();
  }

  private static String blanks(String one, String other) {
    boolean atTheEnd = !withoutStart(one).equalsIgnoreCase(withoutStart(other));
    boolean atTheStart = !withoutEnd(one).equalsIgnoreCase(withoutEnd(other));
    return atTheStart && atTheEnd
        ? "in blanks at its start and end"
        : "in a blank at its " + (atTheStart ? "start" : "end");
  }

  private static String stripped(String name) {
    return withoutEnd(withoutStart(name));
  }

  private static String withoutStart(String name) {
    return START.matcher(name).replaceFirst("");
  }

  private static String withoutEnd(String name) {
    return END.matcher(name).replaceFirst("");
  }

  private static String visible(String name) {
    StringBuilder visible = new StringBuilder();
    name.chars()
        .filter(each -> !isInvisible((char) each))
        .forEach(each -> visible.append((char) each));
    return visible.toString();
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Returns whether a character cannot be seen, or looks like a blank and is none. */
  static boolean isInvisible(char c) {
    return switch (c) {
      case ' ', '\u200d' -> false; // the joiner is part of emoji
      default ->
          Character.isSpaceChar(c)
              || Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT;
    };
  }
}
