package io.github.webpubsubtestkit.it;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayName("The kit as it comes")
class AsItComesTest {

  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  /** What every user of the kit has anyhow, and what JUnit and AssertJ bring. */
  private static final List<String> OF_JUNIT_AND_ASSERTJ =
      List.of("junit-", "opentest4j-", "apiguardian-", "assertj-core-", "byte-buddy-");

  /** What a fake and its clients do, in a JVM of their own. */
  static final class Scenario {
    public static void main(String[] args) {
      try (FakeWebPubSub fake = FakeWebPubSub.start()) {
        PubSubClient alice = fake.connect(asUser("alice").groups("room"));
        alice.sendJsonToGroup("room", Map.of("id", 1));
        assertThat(alice).receivesJson("{\"id\": 1}");
        assertThat(fake.connectSimple(asUser("bob"))).receivesNoMessage();
      }
    }
  }

  @Test
  @DisplayName(
      "brings Awaitility, Hamcrest, AssertJ and JSpecify, and at most 3 MiB beside AssertJ")
  void whatItBrings() throws Exception {
    List<Path> jars =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .filter(jar -> OF_JUNIT_AND_ASSERTJ.stream().noneMatch(name(jar)::startsWith))
            .filter(jar -> !name(jar).startsWith("surefire-"))
            .toList();

    assertThat(jars.stream().map(AsItComesTest::name).map(name -> name.replaceFirst("-\\d.*", "")))
        .containsExactlyInAnyOrder("webpubsub-testkit", "awaitility", "hamcrest", "jspecify");
    long size = 0;
    for (Path jar : jars) {
      size += Files.size(jar);
    }
    assertThat(size)
        .isLessThan(3_400 * 1024); // 3,336 KiB with TLS, soft assertions and faults by moment
  }

  @Test
  @DisplayName("can be looked at without azure-core, which only AzureCredentials needs")
  void withoutAzureCore() {
    assertThat(CLASS_PATH).doesNotContain("azure-core");

    assertThat(FakeWebPubSub.class.getMethods()).isNotEmpty();
    assertThat(FakeWebPubSub.builder().getClass().getMethods()).isNotEmpty();
    try (FakeWebPubSub fake = FakeWebPubSub.builder().https().build()) {
      assertThat(fake.connect(asUser("alice"))).isConnected();
      assertThat(fake.entraToken()).contains(".");
    }
  }

  @Test
  @DisplayName("writes nothing to the error output, nor to the other one")
  void quiet() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path errors = Files.createTempFile("errors", ".txt");
    Process process =
        new ProcessBuilder(java.toString(), "-cp", CLASS_PATH, Scenario.class.getName())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(errors).isEmptyFile();
    assertThat(output).isEmpty();
    assertThat(process.exitValue()).isZero();
    Files.delete(errors);
  }

  @Test
  @DisplayName("is a jar in which all has a name of its own, with the licences of what it holds")
  void jar() throws Exception {
    try (JarFile content = new JarFile(kit().toFile())) {
      assertThat(content.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .allMatch(name -> name.matches("(io/github/webpubsubtestkit|META-INF)/.*"))
          .noneMatch(name -> name.startsWith("META-INF/versions/"))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/FastDoubleParser-LICENSE",
              "META-INF/licenses/java-websocket.txt",
              "META-INF/licenses/jjwt.txt",
              "META-INF/licenses/slf4j.txt");
      String notice =
          new String(
              content.getInputStream(content.getEntry("META-INF/NOTICE")).readAllBytes(), UTF_8);
      assertThat(notice)
          .contains("Java-WebSocket", "SLF4J", "JJWT", "Jackson", "FastDoubleParser")
          .doesNotContain("${");
      assertThat(content.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.github.webpubsubtestkit");
    }
  }

  @Test
  @DisplayName("is published with a POM that lists what users get, and no build")
  void pom() throws Exception {
    Path jar = kit();
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(jar.resolveSibling(name(jar).replaceFirst("[.]jar$", ".pom")).toFile());

    List<String> mandatory = new ArrayList<>();
    NodeList dependencies = pom.getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element each = (Element) dependencies.item(i);
      assertThat(text(each, "scope")).isIn("", "compile", "provided");
      if (!text(each, "scope").equals("provided") && !text(each, "optional").equals("true")) {
        mandatory.add(text(each, "artifactId"));
      }
    }
    assertThat(mandatory).containsExactlyInAnyOrder("assertj-core", "awaitility", "jspecify");
    for (String unwanted :
        List.of("build", "profiles", "parent", "dependencyManagement", "repositories")) {
      assertThat(pom.getElementsByTagName(unwanted).getLength()).as(unwanted).isZero();
    }
    assertThat(pom.getElementsByTagName("license").getLength()).isEqualTo(1);
  }

  private static String text(Element element, String child) {
    NodeList found = element.getElementsByTagName(child);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  private static Path kit() throws Exception {
    return Path.of(FakeWebPubSub.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }
}
