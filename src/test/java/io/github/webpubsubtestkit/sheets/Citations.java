package io.github.webpubsubtestkit.sheets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the citations of a text that lead nowhere. */
final class Citations {

  /** What a citation may name behind a sheet's name; its sheet must have it. */
  private static final String TARGET =
      "(?:[A-Z]\\.\\d{1,2}|[A-Z]\\d{1,3}|\\d{1,2}(?:\\.\\d{1,2})*|[A-Z])(?!\\w|\\.\\d|%)";

  /** What is taken for a citation wherever it stands, so that it must have its sheet before it. */
  private static final String UNMISTAKABLE =
      "(?<![\\w.%$&/#-])(?:[A-L]\\.\\d{1,2}|[CREX]\\d{3}|[DKS]\\d{2}|Q\\d{1,2})(?!\\w|\\.\\d)";

  private static final String AND = "(?:,?\\s+(?:and|or|to|near)\\s+|,\\s+)";
  private static final String STEPS =
      "\\b[Ss]teps?\\s+\\d{1,2}[a-z]?(?:" + AND + "\\d{1,2}[a-z]?)*\\b";

  /** As .ci/conformance counts them. */
  private static final Pattern CASES_OF_TEST =
      Pattern.compile("\"([CREX]\\d{3}(?:[ ,]+[CREX]\\d{3})*)(?![0-9A-Za-z])");

  private static final Pattern BARE =
      Pattern.compile(
          String.join(
              "|",
              UNMISTAKABLE,
              "§\\s*\\w+(?:\\.\\w+)*",
              STEPS,
              "\\b[Ss]ections?(?<!RFC \\d{4},?\\s{1,20}[Ss]ections?)\\s+(?:[A-L]|\\d{1,2})\\b(?:\\.\\d+)*",
              "\\b(?i:spec|specification|sheets?|tables?)\\s+(?:[A-L]|\\d{1,2})\\.\\d{1,2}\\b"));

  /** A number can be anything; in brackets, or as the first word of a comment, it is a section. */
  private static final Pattern BARE_IN_COMMENT =
      Pattern.compile(
          "\\((?:\\d{1,2}\\.\\d{1,2}[,)]|[A-L]\\))"
              + "|//(?<!//.{0,120}\\n {0,40}//) (?:-+ )?\\d{1,2}\\.\\d{1,2}\\b");

  /** So it is as the first word of a test's name. */
  private static final Pattern BARE_IN_NAME =
      Pattern.compile("(?:@DisplayName\\(\\s*|\\bname = )\"\\d{1,2}(?:\\.\\d{1,2})?[,:]\\s");

  private static final Pattern EVIDENCE =
      Pattern.compile("\\[(?:docs|emulator|sdk|live|rec|issue|derived|swagger)[^\\]]*\\]");
  private static final Pattern WITHIN_SHEET =
      Pattern.compile("§(\\d{1,2}(?:\\.\\d{1,2})*)|(" + UNMISTAKABLE + "|\\bF\\d{2}\\b)");

  private final Map<String, Sheet> sheets;
  private final Pattern citation;
  private final Pattern stepCitation;

  Citations(List<Sheet> sheets) {
    this.sheets = sheets.stream().collect(Collectors.toMap(Sheet::name, sheet -> sheet));
    String names =
        sheets.stream()
            .map(Sheet::name)
            .map(
                name ->
                    "["
                        + Character.toUpperCase(name.charAt(0))
                        + name.charAt(0)
                        + "]"
                        + name.substring(1))
            .collect(Collectors.joining("|", "(?<![\\w/-])(?<sheet>", ")"));
    citation = Pattern.compile(names + "\\s+(?<targets>" + TARGET + "(?:" + AND + TARGET + ")*)");
    stepCitation =
        Pattern.compile(
            "(?<steps>" + STEPS + ")\\s+of\\s+" + names + "\\s+(?<section>" + TARGET + ")");
  }

  /** The faults of a file that is no sheet. */
  List<SheetFault> faultsIn(String file, String source) {
    Prose prose = Prose.of(file, source);
    List<SheetFault> faults = new ArrayList<>();
    List<MatchResult> sound = new ArrayList<>();
    checkCited(file, prose, sound, faults);

    for (MatchResult tested : all(CASES_OF_TEST, prose.text())) {
      sound.add(tested);
      for (MatchResult number : all(Pattern.compile("\\w+"), tested.group(1))) {
        if (sheets.values().stream().noneMatch(sheet -> sheet.has(number.group()))) {
          faults.add(fault(file, prose, tested.start(), number.group(), "no sheet has this case"));
        }
      }
    }
    Stream.of(
            all(BARE, prose.text()),
            all(BARE_IN_COMMENT, prose.comments()),
            all(BARE_IN_NAME, source))
        .flatMap(List::stream)
        .filter(bare -> sound.stream().noneMatch(cited -> isIn(bare, cited)))
        .map(bare -> fault(file, prose, bare.start(), bare.group(), "of which sheet?"))
        .forEach(faults::add);
    return faults;
  }

  /** The faults of the sheets themselves: what they say of each other, and numbers given twice. */
  List<SheetFault> faultsOfSheets() {
    List<SheetFault> faults = new ArrayList<>();
    Map<String, Sheet> cases = new HashMap<>();
    for (Sheet sheet :
        sheets.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList()) {
      checkWithin(sheet, faults);
      Map<String, Sheet> own = new HashMap<>();
      for (Sheet.Row row : sheet.rows()) {
        Sheet earlier = (row.isCase() ? cases : own).put(row.number(), sheet);
        if (earlier != null) {
          faults.add(
              new SheetFault(
                  sheet.file(), row.line(), row.number(), "also a row of " + earlier.name()));
        }
      }
    }
    return faults;
  }

  private void checkWithin(Sheet sheet, List<SheetFault> faults) {
    String ours = EVIDENCE.matcher(sheet.text()).replaceAll(tag -> Prose.blank(tag.group()));
    Prose prose = Prose.of(sheet.file(), ours);
    List<MatchResult> sound = new ArrayList<>();
    checkCited(sheet.file(), prose, sound, faults);
    for (MatchResult own : all(WITHIN_SHEET, prose.text())) {
      String target = own.group(1) == null ? own.group(2) : own.group(1);
      if (sound.stream().noneMatch(cited -> isIn(own, cited)) && !sheet.has(target)) {
        faults.add(fault(sheet.file(), prose, own.start(), own.group(), missing(sheet)));
      }
    }
  }

  /** Checks what has its sheet's name, and remembers where it stands. */
  private void checkCited(
      String file, Prose prose, List<MatchResult> sound, List<SheetFault> faults) {
    Matcher cited = citation.matcher(prose.text());
    while (cited.find()) {
      sound.add(cited.toMatchResult());
      Sheet sheet = named(cited.group("sheet"));
      for (MatchResult target : all(Pattern.compile(TARGET), cited.group("targets"))) {
        if (!sheet.has(target.group())) {
          faults.add(
              fault(
                  file,
                  prose,
                  cited.start("targets") + target.start(),
                  sheet.name() + " " + target.group(),
                  missing(sheet)));
        }
      }
    }
    Matcher steps = stepCitation.matcher(prose.text());
    while (steps.find()) {
      sound.add(steps.toMatchResult());
      Sheet sheet = named(steps.group("sheet"));
      for (MatchResult step : all(Pattern.compile("\\d{1,2}[a-z]?"), steps.group("steps"))) {
        String target = steps.group("section") + " step " + step.group();
        if (!sheet.has(target)) {
          faults.add(
              fault(file, prose, steps.start(), sheet.name() + " " + target, missing(sheet)));
        }
      }
    }
  }

  private Sheet named(String name) {
    Sheet sheet = sheets.get(Character.toLowerCase(name.charAt(0)) + name.substring(1));
    if (sheet == null) {
      throw new IllegalStateException("no sheet " + name);
    }
    return sheet;
  }

  private static String missing(Sheet sheet) {
    return "not in " + sheet.name();
  }

  private static SheetFault fault(
      String file, Prose prose, int place, String citation, String reason) {
    return new SheetFault(
        file, prose.lineAt(place), citation.replaceAll("\\s+", " ").strip(), reason);
  }

  private static boolean isIn(MatchResult inner, MatchResult outer) {
    return inner.start() >= outer.start() && inner.start() < outer.end();
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }
}
