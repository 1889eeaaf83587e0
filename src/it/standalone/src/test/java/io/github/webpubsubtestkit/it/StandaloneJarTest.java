package io.github.webpubsubtestkit.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.github.webpubsubtestkit.standalone.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class StandaloneJarTest {

  /** Everything that may be in the jar; what is not listed here does not belong into it. */
  private static final List<String> CONTENTS =
      List.of(
          "META-INF/",
          "io/github/webpubsubtestkit/standalone/",
          "io/github/webpubsubtestkit/internal/",
          "com/fasterxml/jackson/",
          "io/jsonwebtoken/",
          "org/java_websocket/",
          "org/slf4j/",
          "picocli/");

  private Optional<Process> running = Optional.empty();

  @AfterEach
  void stop() throws InterruptedException {
    if (running.isPresent()) {
      assertThat(running.get().destroyForcibly().waitFor(10, SECONDS)).as("stopped").isTrue();
    }
  }

  @Test
  void holdsWhatTheCommandLineNeedsAndNothingElse() throws Exception {
    try (JarFile content = new JarFile(jar().toFile())) {
      assertThat(content.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .allSatisfy(name -> assertThat(CONTENTS).anyMatch(name::startsWith))
          .noneMatch(name -> name.startsWith("io/github/webpubsubtestkit/internal/expect/"))
          .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .contains(
              "META-INF/LICENSE",
              "META-INF/services/io.jsonwebtoken.CompressionCodec",
              "META-INF/services/com.fasterxml.jackson.core.ObjectCodec");
    }
  }

  @Test
  void explainsItself() throws Exception {
    Process help = start("--help");

    assertThat(allPrintedBy(help)).contains("--host", "--port", "--access-key", "--hub");
    assertThat(help.waitFor()).isZero();
  }

  @Test
  void tellsItsVersion() throws Exception {
    Process version = start("--version");

    // the build that runs this project hands the property over
    assertThat(allPrintedBy(version)).contains(System.getProperty("webpubsub-testkit.version"));
    assertThat(version.waitFor()).isZero();
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    Process refused = start("--no-such-option");

    assertThat(allPrintedBy(refused)).contains("--no-such-option").doesNotContain("\tat ");
    assertThat(refused.waitFor()).isNotZero();
  }

  @Test
  void servesAtTheEndpointThatItPrints() throws Exception {
    Process serving = start("--port", "0");

    URI health = URI.create(endpointPrintedBy(serving) + "/api/health");

    assertThat(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(health)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                    BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
    assertThat(serving.isAlive()).isTrue();
  }

  private Process start(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    jar().toString()),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    running = Optional.of(process);
    return process;
  }

  private static String allPrintedBy(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static String endpointPrintedBy(Process process) throws IOException {
    StringBuilder seen = new StringBuilder();
    BufferedReader lines = process.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher endpoint = Pattern.compile("Endpoint=(http://[^;/]+)").matcher(line);
      if (endpoint.find()) {
        return endpoint.group(1);
      }
      seen.append(line).append('\n');
    }
    return fail("no connection string in what it printed: %s", seen);
  }

  private static Path jar() throws Exception {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
