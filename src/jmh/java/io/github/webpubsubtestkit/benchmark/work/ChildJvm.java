package io.github.webpubsubtestkit.benchmark.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with the same class path, which says a word when it has done its work. */
public final class ChildJvm implements AutoCloseable {

  /** What it says. */
  static final String DONE = "done";

  private final Process process;
  private final BufferedReader out;

  private ChildJvm(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one. */
  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until it says that it has done its work. */
  public void awaitDone() throws IOException {
    awaitLine(DONE);
  }

  /** Waits for a line; it is the next one, or the work has failed. */
  void awaitLine(String expected) throws IOException {
    String line = out.readLine();
    if (!expected.equals(line)) {
      throw new IOException("expected the line " + expected + " but got " + line);
    }
  }

  /** The processor time that it has used; zero where the system does not say. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends it, by the end of its standard input or else by force. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
