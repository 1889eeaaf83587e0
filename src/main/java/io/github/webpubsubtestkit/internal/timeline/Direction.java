package io.github.webpubsubtestkit.internal.timeline;

/** The direction of an entry, seen from the service. */
public enum Direction {
  /** To the service. */
  IN("->"),
  /** From the service. */
  OUT("<-"),
  /** A note: a change of state or a decision. */
  NOTE("--"),
  /** A failure of the test. */
  FAILURE("!!");

  private final String arrow;

  Direction(String arrow) {
    this.arrow = arrow;
  }

  /** Two characters for a printed timeline. */
  public String arrow() {
    return arrow;
  }
}
