package io.github.webpubsubtestkit.internal.timeline;

/** Which way something went, seen from the service. */
public enum Direction {
  /** To the service. */
  IN("->"),
  /** From the service. */
  OUT("<-"),
  /** No message: a state changed, a decision was taken. */
  NOTE("--");

  private final String arrow;

  Direction(String arrow) {
    this.arrow = arrow;
  }

  /** Two characters for a printed timeline. */
  public String arrow() {
    return arrow;
  }
}
