package com.example.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** {@code clients.js} in a process of its own, for all tests. */
final class NodeProgram implements AutoCloseable {

  private static final List<String> FILES =
      List.of("package.json", ".npmrc", "clients.js", "sockets.js");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer input; // guarded by this
  private final Thread reader;
  private final Observed whole = new Observed("Node.js");
  private final Map<String, Observed> observers = new ConcurrentHashMap<>();

  private NodeProgram(Process process) {
    this.process = process;
    this.input = process.outputWriter(UTF_8);
    this.reader = new Thread(this::readLines, "node-" + process.pid());
    reader.setDaemon(true);
    reader.start();
    whole.sees("ready");
  }

  /** Installs the packages and starts the program. Skips the calling test without Node.js. */
  static NodeProgram start() throws IOException, InterruptedException {
    for (String program : List.of("node", "npm")) {
      assumeTrue(
          isInstalled(program),
          "skipped because Node.js is not installed here: there is no " + program + " on the PATH");
    }
    Path source = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path folder = Files.createDirectories(source.resolve("target/node"));
    for (String file : FILES) {
      Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    npmInstall(folder);
    return new NodeProgram(
        new ProcessBuilder("node", "clients.js")
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors.log").toFile())
            .start());
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void npmInstall(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("npm-install.log");
    Process npm =
        new ProcessBuilder("npm", "install", "--prefer-offline", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!npm.waitFor(5, MINUTES)) {
        throw new AssertionError("npm install did not end within 5 min:\n" + Files.readString(log));
      }
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      throw new AssertionError("npm install failed:\n" + Files.readString(log));
    }
  }

  Socket open(Socket.Opening opening) {
    return new ScriptedSocket(Outside.WS, opening, this::register, this::command);
  }

  /** Lets an observer hear what is reported with the id that is returned. */
  String register(Observed observer) {
    String id = String.valueOf(observers.size() + 1);
    observers.put(id, observer);
    return id;
  }

  /** Says something to the program. */
  synchronized void command(Map<String, ?> command) {
    try {
      input.write(JSON.writeValueAsString(command) + "\n");
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the program has ended; " + whole, e);
    }
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        JsonNode report = JSON.readTree(line);
        String text = report.path(1).asText();
        Observed observer = observers.get(report.path(0).asText());
        if (observer != null) {
          observer.add(text);
        } else {
          whole.add(text);
          observers.values().forEach(each -> each.add(text));
        }
      }
    } catch (IOException e) {
      whole.add("output ended: " + e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, SECONDS)) {
      process.destroyForcibly();
    }
    reader.join(10_000);
  }
}
