package io.github.webpubsubtestkit.internal.timeline;

import java.util.Locale;
import java.util.regex.Pattern;

/** Texts on one line each. */
final class OneLine {

  private static final Pattern BREAK_IN_JSON = Pattern.compile("\\s*[\\r\\n]\\s*");

  private OneLine() {}

  /** JSON without its line breaks, which are never part of a value; other texts with escapes. */
  static String of(String text) {
    if (text.chars().noneMatch(OneLine::isControl)) {
      return text;
    }
    String start = text.stripLeading();
    String line =
        start.startsWith("{") || start.startsWith("[")
            ? BREAK_IN_JSON.matcher(text).replaceAll(" ").strip()
            : text;
    StringBuilder out = new StringBuilder(line.length() + 8);
    line.chars()
        .forEach(
            each -> {
              switch (each) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (isControl(each)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", each));
                  } else {
                    out.append((char) each);
                  }
                }
              }
            });
    return out.toString();
  }

  private static boolean isControl(int each) {
    return Character.isISOControl(each) || each == 0x2028 || each == 0x2029;
  }
}
