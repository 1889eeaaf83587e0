package io.github.webpubsubtestkit.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.diagnosis.SeededRun.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The whole texts of the seeded failures as a person has approved them, in one file, with times,
 * ports, ids and folders made the same for every run.
 *
 * <p>{@code mvn test -Pquick -Dtest=SeededFaultsTest -Dtexts.approve=true} writes the file anew;
 * the run fails nevertheless, so that nobody leaves the property on. Read the difference before you
 * commit it.
 */
final class ApprovedTexts {

  private static final Path FILE =
      Path.of("src", "test", "resources", "diagnosis", "approved-texts.txt");
  private static final String HEAD = "==== ";

  private ApprovedTexts() {}

  static boolean areToBeWritten() {
    return Boolean.getBoolean("texts.approve");
  }

  /** The approved text of each fault. */
  static Map<String, String> read() {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      for (String part : ("\n" + Files.readString(FILE, UTF_8)).split("\n" + HEAD, -1)) {
        int end = part.indexOf('\n');
        if (end > 0) {
          texts.put(part.substring(0, end), part.substring(end + 1).stripTrailing());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  static void write(Map<String, Failure> failures) {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(failures)
        .forEach(
            (fault, failure) ->
                out.append(HEAD)
                    .append(fault)
                    .append('\n')
                    .append(normalized(failure))
                    .append("\n\n"));
    try {
      Files.createDirectories(Objects.requireNonNull(FILE.getParent()));
      Files.writeString(FILE, out.toString(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text without what differs from run to run. */
  static String normalized(Failure failure) {
    return failure
        .text()
        .replace("\r\n", "\n")
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("(for|after) \\d+\\.\\d+ (s|ms)\\b", "$1 TIME")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
        .replaceAll("/127\\.0\\.0\\.1", "127.0.0.1")
        .replaceAll("\\b[0-9a-f]{32}\\b", "ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "INSTANT")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT…", "INSTANT…") // cut in a first line
        .replaceAll("(timeline: ).*/", "$1DIR/")
        .replaceAll("(junit-timeout-thread-)\\d+", "$1N")
        .replaceAll("#\\d+", "#N")
        .replaceAll("@[0-9a-f]{4,8}\\b", "@HASH")
        .replaceAll("(?m)[ \\t]+$", "")
        .replaceAll("(?<=\\S) {2,}", "  ") // the width of a column depends on the times in it
        .replaceAll("(?m)^(.+)(\n\\1)+$", "$1") // a repetition may come once or twice
        .stripTrailing();
  }
}
