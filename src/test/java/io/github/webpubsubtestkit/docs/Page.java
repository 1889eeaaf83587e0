package io.github.webpubsubtestkit.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation: its blocks, links and headings. */
record Page(Path path, String text) {

  /**
   * A block of code, with the comment before it if there is one: {@code <!-- snippet: name -->},
   * {@code <!-- file: path -->} or {@code <!-- output: name -->}.
   */
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)^(?:<!-- (snippet|file|output): (\\S+) -->\\n)?"
              + "(?:```(\\w+)\\n(.*?)^```$|<pre>\\{@code\\n(.*?)^\\}</pre>$)",
          Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^):]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  /** A block; kind and name are empty if nothing says where its code is from. */
  record Block(Page page, String kind, String name, String language, String code) {
    @Override
    public String toString() {
      return page.path + ": " + (name.isEmpty() ? code.lines().findFirst().orElse("") : name);
    }
  }

  static Page of(Path path) {
    return new Page(path, read(path));
  }

  /** README, CONTRIBUTING, the pages of {@code src/docs} and the overview of the Javadoc. */
  static List<Page> all() {
    try (Stream<Path> docs = Files.walk(Path.of("src/docs"))) {
      return Stream.concat(
              docs.filter(file -> file.toString().endsWith(".md"))
                  .filter(file -> !file.startsWith(Path.of("src/docs/spec")))
                  .sorted(),
              Stream.of(
                      "README.md",
                      "CONTRIBUTING.md",
                      "examples/README.md",
                      "src/main/javadoc/overview.html")
                  .map(Path::of))
          .map(Page::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Block> blocks() {
    return BLOCK
        .matcher(text)
        .results()
        .map(
            found ->
                new Block(
                    this,
                    orEmpty(found, 1),
                    orEmpty(found, 2),
                    found.group(3) == null ? "java" : found.group(3),
                    found.group(4) == null ? found.group(5) : found.group(4)))
        .toList();
  }

  /** The targets of links to files and headings of the repository. */
  List<String> links() {
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  /** Whether a link of this page leads to a file that exists and, with {@code #}, to a heading. */
  boolean leadsSomewhere(String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? path : path.resolveSibling(file).normalize();
    return Files.exists(target)
        && (hash < 0 || of(target).anchors().contains(link.substring(hash + 1)));
  }

  private Set<String> anchors() {
    return HEADING
        .matcher(text)
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\d _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String orEmpty(MatchResult found, int group) {
    return found.group(group) == null ? "" : found.group(group);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
