package io.github.webpubsubtestkit.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class StandaloneJarTest {

  /** Everything that may be in the jar; what is not listed here does not belong into it. */
  private static final List<String> CONTENTS =
      List.of(
          "META-INF/",
          "io/github/webpubsubtestkit/standalone/",
          "io/github/webpubsubtestkit/internal/",
          "com/google/protobuf/",
          "picocli/");

  private static final String BUNDLED = "io.github.webpubsubtestkit.internal.bundled.";

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
          .noneMatch(name -> name.startsWith("io/github/webpubsubtestkit/internal/json/"))
          .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/licenses/protobuf.txt",
              "META-INF/services/" + BUNDLED + "jsonwebtoken.CompressionCodec");
    }
  }

  @Test
  void explainsItself() throws Exception {
    Process help = start("--help");

    assertThat(allPrintedBy(help))
        .contains("--host", "--port", "--access-key", "--hub")
        .containsPattern("0 +stopped \\(Ctrl\\+C or SIGTERM\\)")
        .containsPattern("3 +stopped, but not everything could be closed");
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

  @Test
  void servesProtobufClients() throws Exception {
    Process serving = start("--port", "0");
    String subprotocol = "protobuf.webpubsub.azure.v1";

    WebSocket client =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols(subprotocol)
            .buildAsync(
                URI.create(printedBy(serving.inputReader(UTF_8), "(ws://\\S+)")), new Closing())
            .get(20, SECONDS);

    assertThat(client.getSubprotocol()).isEqualTo(subprotocol);
    client.abort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void stoppedByASignalItClosesAllAndEndsWithZero(String signal) throws Exception {
    assumeThat(System.getProperty("os.name"))
        .as("Windows has no signals")
        .doesNotStartWith("Windows");
    Process serving = start(heedingInterrupts(), "--port", "0");
    BufferedReader lines = serving.inputReader(UTF_8);
    Closing closing = new Closing();
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(URI.create(printedBy(lines, "(ws://\\S+)")), closing)
        .get(20, SECONDS);

    if (signal.equals("TERM")) {
      serving.toHandle().destroy(); // unlike Process.destroy, leaves its output to be read
    } else {
      exitCodeOf("kill", "-INT", String.valueOf(serving.pid()));
    }

    assertThat(closing.code.get(20, SECONDS)).isEqualTo(1001);
    assertThat(serving.waitFor(20, SECONDS)).isTrue();
    assertThat(serving.exitValue()).isZero();
    assertThat(lines.lines()).singleElement().asString().contains("Serving until stopped");
  }

  @Test
  void listeningOnAllAddressesItPrintsOneOfTheMachine() throws Exception {
    Process serving = start("--port", "0", "--host", "0.0.0.0");

    URI endpoint = URI.create(endpointPrintedBy(serving));

    InetAddress printed = InetAddress.getByName(endpoint.getHost());
    assertThat(printed.isAnyLocalAddress()).isFalse();
    assertThat(NetworkInterface.getByInetAddress(printed)).isNotNull();
    try (Socket client = new Socket("127.0.0.1", endpoint.getPort())) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  private Process start(String... arguments) throws Exception {
    return start(List.of(), arguments);
  }

  private Process start(List<String> starter, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(starter);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    running = Optional.of(process);
    return process;
  }

  /**
   * What to start a program with so that it heeds SIGINT, also where a shell runs the build in the
   * background: that ignores it, and all processes of the build inherit that.
   */
  private static List<String> heedingInterrupts() throws Exception {
    List<String> starter = List.of("env", "--default-signal=INT");
    return exitCodeOf("env", "--default-signal=INT", "true") == 0 ? starter : List.of();
  }

  private static int exitCodeOf(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, SECONDS)).isTrue();
    return process.exitValue();
  }

  private static final class Closing implements WebSocket.Listener {
    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      code.complete(statusCode);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      code.completeExceptionally(error);
    }
  }

  private static String allPrintedBy(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static String endpointPrintedBy(Process process) throws IOException {
    return printedBy(process.inputReader(UTF_8), "Endpoint=(http://[^;/]+)");
  }

  private static String printedBy(BufferedReader lines, String pattern) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher printed = Pattern.compile(pattern).matcher(line);
      if (printed.find()) {
        return printed.group(1);
      }
      seen.append(line).append('\n');
    }
    return fail("no %s in what it printed: %s", pattern, seen);
  }

  private static Path jar() throws Exception {
    Class<?> main = Class.forName("io.github.webpubsubtestkit.standalone.Main");
    return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
