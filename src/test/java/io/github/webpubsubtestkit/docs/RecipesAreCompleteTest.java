package io.github.webpubsubtestkit.docs;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.webpubsubtestkit.docs.Page.Block;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A reader who copies all blocks of a page into a class, and its imports above them, has a class
 * that compiles: nothing is left out.
 */
@DisplayName("Recipes are complete")
@Tag("sources")
class RecipesAreCompleteTest {

  private static final String PROMISE = "part of a class annotated with `@WebPubSubTest`";

  @TestFactory
  Stream<DynamicTest> blocksOfAPageAreAClass() {
    List<Page> pages =
        Page.all().stream()
            .filter(page -> page.text().replace('\n', ' ').contains(PROMISE))
            .toList();
    assertThat(pages).extracting(Page::path).hasSizeGreaterThan(5);
    return pages.stream()
        .map(
            page ->
                dynamicTest(
                    page.path().toString(),
                    () -> assertThat(errorsOf(source(page))).as(source(page)).isEmpty()));
  }

  private static String source(Page page) {
    return code(page, true) + "\n@WebPubSubTest\nclass Recipes {\n" + code(page, false) + "}\n";
  }

  private static String code(Page page, boolean imports) {
    return page.blocks().stream()
        .filter(block -> block.language().equals("java"))
        .filter(block -> block.name().endsWith("-imports") == imports)
        .map(Block::code)
        .collect(joining("\n"));
  }

  private static String errorsOf(String source) {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter errors = new StringWriter();
    compiler
        .getTask(
            errors,
            null,
            null,
            List.of(
                "-proc:none",
                "-nowarn",
                "--should-stop=ifNoError=FLOW", // nothing is written
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))),
            null,
            List.of(inMemory(source)))
        .call();
    return errors.toString();
  }

  private static JavaFileObject inMemory(String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///Recipes.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
