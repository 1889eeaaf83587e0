package io.github.webpubsubtestkit.sheets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sheet, as far as it can be cited.
 *
 * @param file where it lies
 * @param name by which it is cited: its file's, without {@code .md}
 * @param sections, and the steps of a section: its number, {@code step} and theirs
 * @param rows decisions, questions, cases and whatever else starts a row with a letter and a number
 */
record Sheet(String file, String name, String text, Set<String> sections, List<Row> rows) {

  private static final Pattern HEADING =
      Pattern.compile("#{2,6} ([A-Z]|\\d{1,2})(?:\\.|((?:\\.\\d{1,2})+)) .*");
  private static final Pattern FIRST_CELL = Pattern.compile("\\| (\\w+)(?: †)? \\|.*");

  /** A row that has a number of its own. */
  record Row(String number, int line) {

    /** Three digits make a case; it has its number alone among all sheets. */
    boolean isCase() {
      return number.length() == 4;
    }
  }

  static Sheet parse(String file, String text) {
    String name = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.md$", "");
    Set<String> sections = new LinkedHashSet<>();
    List<Row> rows = new ArrayList<>();
    String section = "";
    boolean steps = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher heading = HEADING.matcher(line);
      Matcher cell = FIRST_CELL.matcher(line);
      if (heading.matches()) {
        section = heading.group(1) + (heading.group(2) == null ? "" : heading.group(2));
        sections.add(section);
      } else if (!cell.matches()) {
        steps &= line.startsWith("|");
      } else if (cell.group(1).matches("[A-Z]\\d{1,3}")) {
        rows.add(new Row(cell.group(1), number));
      } else if (cell.group(1).equals("Step")) {
        steps = true;
      } else if (steps) {
        sections.add(section + " step " + cell.group(1));
      }
    }
    return new Sheet(file, name, text, sections, rows);
  }

  boolean has(String target) {
    return sections.contains(target) || rows.stream().anyMatch(row -> row.number().equals(target));
  }
}
