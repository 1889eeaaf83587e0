package io.github.webpubsubtestkit.internal.wire;

/** The rules for names (client-protocols C.1). */
public final class Names {

  private static final int MAX_HUB = 128;
  private static final int MAX_GROUP = 1024;
  private static final int MAX_EVENT = 128;

  private Names() {}

  /** A letter, then up to 127 letters, digits, and {@code _`,.[]}. */
  public static boolean isHub(String name) {
    return startsWithLetter(name, MAX_HUB) && consistsOf(name, "_`,.[]");
  }

  /** 1 to 1,024 UTF-16 units, not only white space. */
  public static boolean isGroup(String name) {
    return name.length() <= MAX_GROUP && !isBlank(name);
  }

  /** A letter, then up to 127 letters, digits, and {@code _.-}. */
  public static boolean isEvent(String name) {
    return startsWithLetter(name, MAX_EVENT) && consistsOf(name, "_.-");
  }

  /** Returns whether there is only white space, including non-breaking blanks. */
  public static boolean isBlank(String text) {
    return text.chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  private static boolean startsWithLetter(String name, int maxLength) {
    return !name.isEmpty() && name.length() <= maxLength && isLetter(name.charAt(0));
  }

  private static boolean consistsOf(String name, String marks) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
