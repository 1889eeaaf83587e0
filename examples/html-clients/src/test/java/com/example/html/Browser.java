package com.example.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Headless Chromium, driven by its own DevTools protocol, so that no driver has to be installed.
 */
final class Browser implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** The hash of the public key that a fake with TLS shows. */
  private static final String KEY_OF_THE_KIT = "GAX4Rfu6J2oLF5q8QeWtOemBJFwerwMu4f28Sf0OrW8=";

  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://([^/]+)/devtools/browser/.*");

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String devTools;

  private Browser(Process process) throws Exception {
    this.process = process;
    CompletableFuture<String> announced = new CompletableFuture<>();
    Thread reader = new Thread(() -> readErrors(process, announced), "chromium-" + process.pid());
    reader.setDaemon(true);
    reader.start();
    this.devTools = announced.get(PATIENCE_SECONDS, SECONDS);
  }

  /** Starts the browser that is installed here. Skips the calling test where there is none. */
  static Browser start() throws Exception {
    Optional<Path> program = find();
    assumeTrue(
        program.isPresent(),
        "skipped because no browser is installed here: none of " + NAMES + " is on the PATH");
    Path profile =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chromium-")
            .toAbsolutePath();
    Process process =
        new ProcessBuilder(
                program.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--ignore-certificate-errors-spki-list=" + KEY_OF_THE_KIT,
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new Browser(process);
    } catch (Exception | Error e) {
      end(process);
      throw e;
    }
  }

  /** Opens a page in a tab of its own. */
  Page open(URI page) throws Exception {
    HttpRequest newTab =
        HttpRequest.newBuilder(
                URI.create(
                    "http://"
                        + devTools
                        + "/json/new?"
                        + URLEncoder.encode(page.toString(), UTF_8)))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String answer = http.send(newTab, HttpResponse.BodyHandlers.ofString()).body();
    String tab = new ObjectMapper().readTree(answer).required("webSocketDebuggerUrl").asText();
    return new Page(http, URI.create(tab));
  }

  @Override
  public void close() throws InterruptedException {
    end(process);
  }

  /** Ends the browser, and waits for the processes that it has started for itself. */
  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    if (!haveEnded(all)) {
      all.forEach(ProcessHandle::destroyForcibly);
      if (!haveEnded(all)) {
        throw new AssertionError("the browser does not end: process " + process.pid());
      }
    }
  }

  private static boolean haveEnded(List<ProcessHandle> processes) throws InterruptedException {
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(10, SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void readErrors(Process process, CompletableFuture<String> announced) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader errors = process.errorReader(UTF_8)) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.matches()) {
          announced.complete(listening.group(1));
        }
        if (!announced.isDone()) {
          said.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    announced.completeExceptionally(new IOException("the browser ended; it said:\n" + said));
  }
}
