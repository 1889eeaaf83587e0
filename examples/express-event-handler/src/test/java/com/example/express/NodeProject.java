package com.example.express;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The samples with their packages installed, in a copy under {@code target}. */
final class NodeProject {

  private static final List<String> FILES = List.of("package.json", ".npmrc", "event-handler.js");

  private NodeProject() {}

  /** The copy's folder. Skips the calling test where Node.js is missing. */
  static Path install() throws IOException, InterruptedException {
    for (String program : List.of("node", "npm")) {
      assumeTrue(
          isInstalled(program),
          "skipped because Node.js is not installed here: there is no " + program + " on the PATH");
    }
    Path source = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path copy = Files.createDirectories(source.resolve("target/node"));
    for (String file : FILES) {
      Files.copy(source.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    npmInstall(copy);
    return copy;
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(60, SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException notFound) {
      return false;
    }
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
        throw new AssertionError("npm install did not end within 5 min:\n" + read(log));
      }
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      throw new AssertionError(
          "npm install ended with exit code " + npm.exitValue() + ":\n" + read(log));
    }
  }

  private static String read(Path log) throws IOException {
    return Files.readString(log, UTF_8);
  }
}
