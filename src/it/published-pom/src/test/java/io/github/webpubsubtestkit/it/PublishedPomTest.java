package io.github.webpubsubtestkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads the POM that users' builds resolve, as Maven and Gradle do. */
class PublishedPomTest {
  private static Element project;

  @BeforeAll
  static void readThePublishedPom() throws Exception {
    project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File(System.getProperty("published.pom")))
            .getDocumentElement();
  }

  @Test
  @DisplayName("scope compile puts a library on the class path of those who write tests")
  void dependenciesHaveTheScopeThatGradleNeeds() {
    assertThat(dependencies())
        .extracting(each -> (text(each, "artifactId") + " " + scope(each)).strip())
        .containsExactlyInAnyOrder(
            "junit-jupiter-api provided",
            "assertj-core compile",
            "awaitility compile",
            "jspecify compile",
            "azure-core compile optional",
            "picocli compile optional",
            "protobuf-java compile optional");
  }

  @Test
  @DisplayName("every dependency has a version, so no parent and no managed version is needed")
  void everyDependencyHasAVersion() {
    assertThat(dependencies())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(text(each, "version")).isNotEmpty().doesNotContain("$"));
  }

  @Test
  @DisplayName("nothing in it asks for the kit's own build")
  void nothingAsksForTheBuild() {
    assertThat(children(project))
        .extracting(Element::getTagName)
        .contains("groupId", "artifactId", "version", "licenses")
        .doesNotContain("parent", "build", "profiles", "repositories", "dependencyManagement");
  }

  private static List<Element> dependencies() {
    return children(project).stream()
        .filter(each -> each.getTagName().equals("dependencies"))
        .flatMap(each -> children(each).stream())
        .toList();
  }

  private static String scope(Element dependency) {
    String scope = text(dependency, "scope");
    return (scope.isEmpty() ? "compile" : scope)
        + (text(dependency, "optional").equals("true") ? " optional" : "");
  }

  private static String text(Element parent, String child) {
    return children(parent).stream()
        .filter(each -> each.getTagName().equals(child))
        .map(each -> each.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element) {
        children.add((Element) each);
      }
    }
    return children;
  }
}
