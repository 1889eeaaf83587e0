package io.github.webpubsubtestkit.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All texts of the repository; it reads the sources, so it runs where they are. */
@DisplayName("Citations of src/docs/spec")
@Tag("sources")
class RepositoryCitationsTest {

  private static final Path SHEETS = Path.of("src/docs/spec");
  private static final List<Path> ROOTS =
      Stream.of("src", "examples", ".ci", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "pom.xml")
          .map(Path::of)
          .toList();
  private static final Set<String> BUILT = Set.of("target", "node_modules");

  /** Its samples are about sheets of its own, and half of them are wrong. */
  private static final String SAMPLES = CitationsTest.class.getSimpleName() + ".java";

  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|md|js|html|xml|csv|properties|bsh|sh)|\\.ci/.*");

  private final List<Sheet> sheets =
      texts().stream().filter(RepositoryCitationsTest::isSheet).map(this::sheet).toList();

  @Test
  void haveATargetAndTheirSheetsName() {
    Citations citations = new Citations(sheets);

    assertThat(texts())
        .hasSizeGreaterThan(500)
        .filteredOn(file -> !isSheet(file) && !file.endsWith(SAMPLES))
        .flatExtracting(file -> citations.faultsIn(name(file), read(file)))
        .isEmpty();
  }

  @Test
  @DisplayName("within the sheets have a target, too, and no number is given twice")
  void sheetsAreSound() {
    assertThat(sheets)
        .extracting(Sheet::name)
        .contains("client-protocols", "rest-api", "event-handlers");
    assertThat(new Citations(sheets).faultsOfSheets()).isEmpty();
  }

  private Sheet sheet(Path file) {
    return Sheet.parse(name(file), read(file));
  }

  private static boolean isSheet(Path file) {
    return file.startsWith(SHEETS) && !file.endsWith("README.md");
  }

  private static List<Path> texts() {
    List<Path> texts = new ArrayList<>();
    for (Path root : ROOTS) {
      try {
        Files.walkFileTree(
            root,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes like) {
                return BUILT.contains(folder.getFileName().toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes like) {
                if (TEXT.matcher(name(file)).matches()) {
                  texts.add(file);
                }
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  private static String name(Path file) {
    return file.toString().replace('\\', '/');
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
