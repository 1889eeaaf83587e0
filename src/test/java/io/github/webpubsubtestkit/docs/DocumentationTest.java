package io.github.webpubsubtestkit.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.webpubsubtestkit.docs.Page.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the pages and the code together. A comment before a block of a page says where its code is
 * from:
 *
 * <ul>
 *   <li>{@code <!-- snippet: name -->}: from a region of a test, {@code // tag::name[]} to {@code
 *       // end::name[]}
 *   <li>{@code <!-- file: path -->}: a whole file
 *   <li>{@code <!-- output: name -->}: what {@link Outputs} prints, apart from times and ids
 * </ul>
 *
 * <p>It reads the sources, so it runs where they are.
 */
@DisplayName("Documentation")
@Tag("sources")
class DocumentationTest {

  private static final Path README_PROJECT = Path.of("src/it/readme");
  private static final int README_BYTES = 8_000;

  private static final Pattern REGION =
      Pattern.compile("(?m)^ *// tag::(\\S+)\\[\\]\\n(.*?)^ *// end::\\1\\[\\]$", Pattern.DOTALL);

  /** How pages name the kit's version: in Maven's words, Gradle's, and that of a jar's name. */
  private static final Pattern VERSION =
      Pattern.compile(
          "<artifactId>webpubsub-testkit</artifactId>\\s*<version>([^<]+)</version>"
              + "|webpubsubtestkit:webpubsub-testkit:([^'\"\\s]+)"
              + "|webpubsub-testkit-(\\d\\S*)-standalone\\.jar");

  @TestFactory
  Stream<DynamicTest> showsOnlyCodeThatIsCompiledAndRun() {
    Map<String, String> regions = regions();
    return blocks()
        .filter(block -> block.language().equals("java") || !block.kind().isEmpty())
        .map(
            block ->
                dynamicTest(
                    block.toString(),
                    () -> {
                      switch (block.kind()) {
                        case "snippet" ->
                            assertThat(block.code()).isEqualTo(regions.get(block.name()));
                        case "file" -> assertThat(Path.of(block.name())).hasContent(block.code());
                        case "output" ->
                            assertThat(Outputs.normalized(block.code()))
                                .isEqualTo(Outputs.normalized(Outputs.of(block.name())));
                        default ->
                            assertThat(block.name()).as("source of\n%s", block.code()).isNotEmpty();
                      }
                    }));
  }

  @Test
  void showsEveryRegionAndOutput() {
    assertThat(blocks().filter(block -> block.kind().equals("snippet")).map(Block::name))
        .containsAll(regions().keySet());
    assertThat(blocks().filter(block -> block.kind().equals("output")).map(Block::name))
        .containsAll(Outputs.names());
  }

  @Test
  void namesTheVersionThatIsBuilt() {
    List<String> built = versionsIn(Page.of(Path.of("pom.xml")));

    assertThat(built).hasSize(1);
    assertThat(Page.all().stream().flatMap(page -> versionsIn(page).stream()))
        .hasSizeGreaterThan(3)
        .containsOnly(built.get(0));
  }

  @Test
  void linksLeadSomewhere() {
    assertThat(
            Page.all().stream()
                .flatMap(
                    page ->
                        page.links().stream()
                            .filter(link -> !page.leadsSomewhere(link))
                            .map(link -> page.path() + ": " + link)))
        .isEmpty();
  }

  @Test
  @DisplayName("README is a test project by itself: src/it/readme has only its blocks and a check")
  void readmeIsAProject() throws IOException {
    Page readme = Page.of(Path.of("README.md"));
    try (Stream<Path> files = Files.walk(README_PROJECT)) {
      assertThat(files.filter(Files::isRegularFile).map(DocumentationTest::name))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      readme.blocks().stream()
                          .filter(block -> block.kind().equals("file"))
                          .map(Block::name),
                      Stream.of(name(README_PROJECT) + "/postbuild.bsh"))
                  .toList());
    }
  }

  @Test
  void readmeIsShort() throws IOException {
    assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(README_BYTES);
  }

  private static Stream<Block> blocks() {
    return Page.all().stream().flatMap(page -> page.blocks().stream());
  }

  private static List<String> versionsIn(Page page) {
    return VERSION.matcher(page.text()).results().map(DocumentationTest::firstGroup).toList();
  }

  private static String firstGroup(MatchResult found) {
    return Stream.of(1, 2, 3)
        .map(found::group)
        .filter(group -> group != null)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> regions() {
    Map<String, String> found = new HashMap<>();
    for (String root :
        List.of("src/test/java/io/github/webpubsubtestkit/docs", "examples/spring-boot-app/src")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          REGION
              .matcher(Files.readString(file))
              .results()
              .forEach(
                  region ->
                      found.put(
                          region.group(1), region.group(2).stripTrailing().stripIndent() + "\n"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static String name(Path file) {
    return file.toString().replace('\\', '/');
  }
}
