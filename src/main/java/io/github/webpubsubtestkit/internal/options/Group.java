package io.github.webpubsubtestkit.internal.options;

/** The subject of an option. */
public enum Group {
  /** {@code tokens}, as in the builder. */
  TOKENS("Tokens and handshake"),
  /** {@code clients}. */
  CLIENTS("Clients"),
  /** {@code rest}. */
  REST("REST API"),
  /** {@code events}. */
  EVENTS("Event handlers"),
  /** {@code limits}. */
  LIMITS("Limits"),
  /** {@code timeline}. */
  TIMELINE("Memory of the fake");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** A heading for readers. */
  public String title() {
    return title;
  }
}
