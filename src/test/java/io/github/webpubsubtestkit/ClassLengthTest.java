package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keeps the kit's classes short. Comments and blank lines do not count, so that nobody saves on
 * Javadoc. The test reads the sources, so it runs where they are.
 */
@Tag("sources")
class ClassLengthTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final int LIMIT = 400;

  /** Literals come first, since they may contain what looks like a comment. */
  private static final Pattern LITERAL_OR_COMMENT =
      Pattern.compile(
          """
          \""".*?(?<!\\\\)\"""|"(?:[^"\\\\\\n]|\\\\.)*+"|'(?:[^'\\\\\\n]|\\\\.)*+'\
          |//[^\\n]*+|/\\*.*?\\*/""",
          Pattern.DOTALL);

  private record Length(Path file, long lines) {}

  @Test
  void noClassHasMoreThan400LinesWithoutCommentsAndBlankLines() {
    List<Length> lengths = lengths();

    assertThat(lengths).hasSizeGreaterThan(300);
    assertThat(lengths).filteredOn(length -> length.lines() > LIMIT).isEmpty();
  }

  @Test
  void commentsAndBlankLinesDoNotCount() {
    assertThat(
            lines(
                """
                /** Javadoc. */
                class A { // the end of this line
                  /* two
                     lines */

                  int a; /* here, too */
                  // a line
                }
                """))
        .isEqualTo(3);
  }

  @Test
  void whatLooksLikeACommentInALiteralCounts() {
    assertThat(
            lines(
                """
                String url = "http://x/*";
                char quote = '"'; String slash = "\\"//";
                String block = \"""
                    // one
                    /* two
                    \""";
                int last; /* the end of it */
                """))
        .isEqualTo(7);
  }

  private static List<Length> lengths() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> new Length(file, lines(read(file))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(String source) {
    String code =
        LITERAL_OR_COMMENT
            .matcher(source)
            .replaceAll(found -> found.group().startsWith("/") ? "" : kept(found.group()));
    return code.lines().filter(line -> !line.isBlank()).count();
  }

  /** A literal as the replacement that leaves it as it is. */
  private static String kept(String literal) {
    return Matcher.quoteReplacement(literal);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
