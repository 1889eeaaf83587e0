package com.example.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code sockets.js} in a page of headless Chromium, driven by its own DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://([^/]+)/devtools/browser/.*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket page;
  private final Observed answers = new Observed("the browser");
  private final Map<String, Observed> observers = new ConcurrentHashMap<>();
  private int lastCommand; // guarded by this

  private Browser(Process process) throws Exception {
    this.process = process;
    CompletableFuture<String> announced = new CompletableFuture<>();
    Thread reader = new Thread(() -> readErrors(process, announced), "chromium-" + process.pid());
    reader.setDaemon(true);
    reader.start();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest newTab =
        HttpRequest.newBuilder(
                URI.create(
                    "http://" + announced.get(PATIENCE_SECONDS, SECONDS) + "/json/new?about:blank"))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String tab = http.send(newTab, HttpResponse.BodyHandlers.ofString()).body();
    this.page =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(JSON.readTree(tab).required("webSocketDebuggerUrl").asText()),
                new Listener())
            .get(PATIENCE_SECONDS, SECONDS);
    send("Runtime.enable", Map.of());
    send("Runtime.addBinding", Map.of("name", "reportLine"));
    evaluate("const report = (id, line) => reportLine(JSON.stringify([id, line]));");
    evaluate(Files.readString(Path.of(System.getProperty("basedir", ""), "sockets.js")));
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

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Socket open(Socket.Opening opening) {
    return new ScriptedSocket(Outside.BROWSER, opening, this::register, this::command);
  }

  private String register(Observed observer) {
    String id = String.valueOf(observers.size() + 1);
    observers.put(id, observer);
    return id;
  }

  private void command(Map<String, ?> command) {
    String arguments = JSON.valueToTree(command).toString();
    switch (String.valueOf(command.get("do"))) {
      case "open" -> evaluate("(c => openSocket(c.id, c.url, c.protocols))(" + arguments + ")");
      case "send" -> evaluate("(c => sendText(c.id, c.text))(" + arguments + ")");
      default -> evaluate("(c => closeSocket(c.id))(" + arguments + ")");
    }
  }

  private void evaluate(String script) {
    send("Runtime.evaluate", Map.of("expression", script));
  }

  private synchronized void send(String method, Map<String, ?> parameters) {
    try {
      int id = ++lastCommand;
      String command =
          JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
      page.sendText(command, true).get(PATIENCE_SECONDS, SECONDS);
      answers.sees(id + " done");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    page.abort();
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

  /** Hears the answers to commands, and what the page reports. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        try {
          receive(JSON.readTree(text));
        } catch (JsonProcessingException e) {
          answers.add("no JSON: " + text);
        }
      }
      webSocket.request(1);
      return null;
    }

    private void receive(JsonNode message) throws JsonProcessingException {
      if (message.has("id")) {
        boolean failed = message.has("error") || message.path("result").has("exceptionDetails");
        answers.add(message.get("id") + (failed ? " failed: " + message : " done"));
      } else if (message.path("method").asText().equals("Runtime.bindingCalled")) {
        JsonNode report = JSON.readTree(message.path("params").path("payload").asText());
        Observed observer = observers.get(report.path(0).asText());
        if (observer != null) {
          observer.add(report.path(1).asText());
        }
      }
    }
  }
}
