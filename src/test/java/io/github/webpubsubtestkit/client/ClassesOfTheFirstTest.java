package io.github.webpubsubtestkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Nearly all of what the first test of a JVM takes is loading classes; this counts them. */
@Tag("sources")
@DisplayName("The first test of a JVM")
class ClassesOfTheFirstTest {

  /**
   * The kit's own classes and those of the JSON parser in its jar, with what its lambdas become.
   */
  private static final int OF_THE_KIT = 485;

  /** All, the JDK's and AssertJ's included, but for those in the JVM's own archive; JDK 17. */
  private static final int IN_ALL = 1_005;

  private static final String ADVICE =
      """
      classes until the first assertion has passed; the limit is what was reached, and 5 %. To see \
      which are new, run the main class FirstTest of this test before and after your change with \
      -Xlog:class+load, and compare the names. Something that a first test does not need may load \
      later; a lambda in its way may be a loop, or a class that is there already""";

  /** Run in a JVM of its own. */
  static final class FirstTest {

    private FirstTest() {}

    public static void main(String[] args) {
      try (FakeWebPubSub service = FakeWebPubSub.start()) {
        PubSubClient alice = service.connect(ConnectOptions.asUser("alice").groups("room"));
        PubSubClient bob = service.connect(ConnectOptions.asUser("bob").groups("room"));
        alice.sendToGroup("room", "hi");
        assertThat(bob).receivesText("hi");
        Runtime.getRuntime().halt(0); // what closing loads does not count
      }
    }
  }

  @Test
  @DisplayName("loads no more classes of the kit until its first assertion has passed than before")
  void loadsFewClassesOfTheKit(@TempDir Path directory) throws Exception {
    assertThat(loaded(directory).stream().filter(ClassesOfTheFirstTest::isOfTheKit))
        .as(ADVICE)
        .hasSizeBetween(300, OF_THE_KIT + OF_THE_KIT / 20);
  }

  @Test
  @EnabledOnJre(JRE.JAVA_17)
  @DisplayName("has no more classes loaded in all until its first assertion has passed than before")
  void loadsFewClasses(@TempDir Path directory) throws Exception {
    assertThat(loaded(directory)).as(ADVICE).hasSizeBetween(500, IN_ALL + IN_ALL / 20);
  }

  private static boolean isOfTheKit(String name) {
    return name.startsWith("io.github.webpubsubtestkit.")
        || name.startsWith("com.fasterxml.jackson.core.");
  }

  /** The names of all classes that the JVM does not have in its own archive. */
  private static List<String> loaded(Path directory) throws Exception {
    Path log = directory.resolve("classes.txt");
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FirstTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, SECONDS)).as("ended in time").isTrue();
      assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
    } finally {
      process.destroyForcibly();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> !line.contains("shared objects file"))
          .filter(line -> line.contains(" source: "))
          .map(line -> line.replaceFirst(".*\\] (\\S+) source: .*", "$1"))
          .toList();
    }
  }
}
