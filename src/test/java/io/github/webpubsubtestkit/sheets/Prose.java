package io.github.webpubsubtestkit.sheets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people read of a file: all of a text, of Java the comments and strings only. It is as long
 * as the file, so that a place here is a place there; what does not count is blank, and so are the
 * ends of lines, so that a citation may be wrapped.
 */
final class Prose {

  private static final Pattern JAVA =
      Pattern.compile(
          "(?<comment>//[^\\n]*|/\\*.*?\\*/)"
              + "|\"\"\".*?\"\"\""
              + "|\"(?:\\\\.|[^\"\\\\\\n])*\""
              + "|(?<char>'(?:\\\\.|[^'\\\\\\n])+')",
          Pattern.DOTALL);
  private static final Pattern WRAP = Pattern.compile("\\n[ \\t]*(?:\\*(?!/)|//|#)?");

  private final String source;
  private final String text;
  private final String comments;

  private Prose(String source, String text, String comments) {
    this.source = source;
    this.text = text;
    this.comments = comments;
  }

  static Prose of(String file, String source) {
    if (!file.endsWith(".java")) {
      return new Prose(source, unwrapped(source), "");
    }
    StringBuilder text = new StringBuilder();
    StringBuilder comments = new StringBuilder();
    Matcher token = JAVA.matcher(source);
    int end = 0;
    while (token.find()) {
      String code = blank(source.substring(end, token.start()));
      String read = token.group("char") == null ? token.group() : blank(token.group());
      text.append(code).append(read);
      comments.append(code).append(token.group("comment") == null ? blank(read) : read);
      end = token.end();
    }
    text.append(blank(source.substring(end)));
    return new Prose(source, unwrapped(text.toString()), comments.toString());
  }

  String text() {
    return text;
  }

  /** The comments of Java alone, with their lines; nothing of other files. */
  String comments() {
    return comments;
  }

  int lineAt(int place) {
    return 1 + (int) source.substring(0, place).chars().filter(c -> c == '\n').count();
  }

  private static String unwrapped(String text) {
    return WRAP.matcher(text).replaceAll(wrap -> " ".repeat(wrap.group().length()));
  }

  /** As many blanks as the text has characters, and its ends of lines. */
  static String blank(String text) {
    char[] blank = text.toCharArray();
    for (int i = 0; i < blank.length; i++) {
      if (blank[i] != '\n') {
        blank[i] = ' ';
      }
    }
    return new String(blank);
  }
}
