package io.github.webpubsubtestkit.internal.hub;

/** Stub, replaced by core. */
public enum Caller {
  REST,
  CLIENT
}
