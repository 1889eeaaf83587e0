package com.example.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sample that runs: what it prints, what is typed into it, how it ends. */
final class NodeProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final Writer input;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private NodeProcess(Process process) {
    this.process = process;
    this.input = process.outputWriter(UTF_8);
    this.reader = new Thread(this::readLines, "node-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static NodeProcess start(Path folder, String script, String... arguments) throws IOException {
    return start(folder, Map.of(), script, arguments);
  }

  /** Starts it with these variables in its environment, too. */
  static NodeProcess start(
      Path folder, Map<String, String> environment, String script, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new NodeProcess(builder.start());
  }

  /** Waits until the sample has printed exactly this line. */
  void prints(String line) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines).contains(line));
  }

  /** Waits until the sample has printed a line that begins so. */
  void printsLineStarting(String start) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith(start)));
  }

  /** Waits for the line of that number, from 1. */
  String line(int number) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lines).hasSizeGreaterThanOrEqualTo(number));
    return lines.get(number - 1);
  }

  /** All that the sample has printed so far. */
  List<String> printed() {
    return List.copyOf(lines);
  }

  /** Types a line into the sample. */
  void type(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** Ends the input, which tells the samples to say goodbye. */
  void endInput() throws IOException {
    input.close();
  }

  /** Waits until the sample has ended, all that it printed included, and gives its exit code. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), SECONDS))
        .as("the sample ended; it has printed %s", lines)
        .isTrue();
    reader.join(PATIENCE.toMillis());
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly();
    exitCode();
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // closed while reading: the process was ended by close()
      lines.add("output ended: " + new UncheckedIOException(e).getMessage());
    }
  }
}
