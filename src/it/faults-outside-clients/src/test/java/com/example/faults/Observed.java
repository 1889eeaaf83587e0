package com.example.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What something outside has seen so far, a line for each thing; tests wait for lines. */
class Observed {

  private static final long PATIENCE_MILLIS = 20_000;

  private final String name;
  private final List<String> lines = new ArrayList<>(); // guarded by this

  Observed(String name) {
    this.name = name;
  }

  /** Adds a line; called by whatever drives the client. */
  final synchronized void add(String line) {
    lines.add(line.startsWith("text ") ? line : line.strip());
    notifyAll();
  }

  /** Waits for this line. */
  final void sees(String line) {
    sees(1, line);
  }

  /** Waits until this line has come as often as this. */
  final void sees(int times, String line) {
    await(
        "\"" + line + "\"" + (times == 1 ? "" : ", " + times + " times"),
        all -> all.stream().filter(line::equals).count() >= times);
  }

  /** Waits for a line that begins so, and returns the rest of the first one. */
  final String seesStarting(String start) {
    return first("a line that starts with \"" + start + "\"", line -> line.startsWith(start))
        .substring(start.length());
  }

  /** Waits for a line that contains this. */
  final String seesContaining(String part) {
    return first("a line with \"" + part + "\"", line -> line.contains(part));
  }

  /** Waits for the end of a connection that no close frame ended. */
  final void seesLoss() {
    first(
        "the loss of the connection",
        line -> line.equals("close 1006") || line.startsWith("error"));
  }

  /** Waits for the end of a connection, in whatever way. */
  final String seesEnd() {
    return first(
        "the end of the connection", line -> line.startsWith("close") || line.startsWith("error"));
  }

  /** Waits until the handshake has failed, and returns what the client says of it. */
  final String seesRefusal() {
    return seesStarting("refused");
  }

  /** All lines so far. */
  final synchronized List<String> soFar() {
    return List.copyOf(lines);
  }

  /** The lines so far that contain this. */
  final List<String> soFarWith(String part) {
    return soFar().stream().filter(line -> line.contains(part)).toList();
  }

  private String first(String what, Predicate<String> wanted) {
    await(what, all -> all.stream().anyMatch(wanted));
    return soFar().stream().filter(wanted).findFirst().orElseThrow();
  }

  final synchronized void await(String what, Predicate<List<String>> condition) {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!condition.test(lines)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            name
                + " did not see "
                + what
                + " within "
                + PATIENCE_MILLIS / 1000
                + " s but "
                + lines);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(name + " did not see " + what + " but " + lines, e);
      }
    }
  }

  @Override
  public String toString() {
    return name + " has seen " + soFar();
  }
}
