package io.github.webpubsubtestkit.internal.hub;

/** Who asks something of the service. */
public enum Caller {
  /** An application, through the REST API. */
  REST,
  /** A connected client, or one that wants to connect. */
  CLIENT
}
