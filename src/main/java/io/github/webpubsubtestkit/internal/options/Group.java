package io.github.webpubsubtestkit.internal.options;

/** What an option is about. */
public enum Group {
  /** How the builder, too, calls these: {@code tokens}. */
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
  TIMELINE("What the fake remembers");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** A heading for readers. */
  public String title() {
    return title;
  }
}
