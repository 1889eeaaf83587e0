package io.github.webpubsubtestkit.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds README.md and the code together: each Java block of the README follows a comment that names
 * a region of this package's tests, {@code // tag::name[]} to {@code // end::name[]}, and equals
 * it.
 *
 * <p>It reads the sources, so it runs where they are.
 */
@DisplayName("README.md")
@Tag("sources")
class ReadmeTest {

  private static final Path SOURCES = Path.of("src/test/java/io/github/webpubsubtestkit/readme");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^(?:<!-- snippet: (\\S+) -->\\n)?```java\\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("(?m)^ *// tag::(\\S+)\\[\\]\\n(.*?)^ *// end::\\1\\[\\]$", Pattern.DOTALL);

  /** A Java block of the README; the name is empty if it has none. */
  private record Block(String name, String code) {}

  @TestFactory
  Stream<DynamicTest> showsCodeThatIsCompiledAndRun() throws IOException {
    Map<String, String> regions = regions();
    return blocks().stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.name(),
                    () -> {
                      assertThat(regions)
                          .as("region for\n%s", block.code())
                          .containsKey(block.name());
                      assertThat(block.code()).isEqualTo(regions.get(block.name()));
                    }));
  }

  @Test
  void showsEveryRegionOnce() throws IOException {
    assertThat(blocks())
        .extracting(Block::name)
        .containsExactlyInAnyOrderElementsOf(regions().keySet());
  }

  @Test
  void namesTheVersionThatIsBuilt() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>webpubsub-testkit</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(read("pom.xml"));
    assertThat(version.find()).isTrue();
    assertThat(read("README.md"))
        .contains(
            """
            <dependency>
              <groupId>io.github.webpubsubtestkit</groupId>
              <artifactId>webpubsub-testkit</artifactId>
              <version>%s</version>
              <scope>test</scope>
            </dependency>
            """
                .formatted(version.group(1)));
  }

  @Test
  void linksToFilesThatExist() throws IOException {
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(read("README.md"));
    List<String> targets = new ArrayList<>();
    while (link.find()) {
      targets.add(link.group(1));
    }
    assertThat(targets).isNotEmpty().allMatch(target -> Files.exists(Path.of(target)));
  }

  private static List<Block> blocks() throws IOException {
    Matcher block = BLOCK.matcher(read("README.md"));
    List<Block> found = new ArrayList<>();
    while (block.find()) {
      found.add(new Block(block.group(1) == null ? "" : block.group(1), block.group(2)));
    }
    return found;
  }

  private static Map<String, String> regions() throws IOException {
    Map<String, String> found = new HashMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Matcher region = REGION.matcher(Files.readString(file));
        while (region.find()) {
          found.put(region.group(1), region.group(2).stripTrailing().stripIndent() + "\n");
        }
      }
    }
    return found;
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }
}
