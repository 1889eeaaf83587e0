package io.github.webpubsubtestkit;

/** What a fake knows of the failure that this is added to. It has no frames, only a text. */
final class WhatTheServiceSaw extends Throwable {

  private static final long serialVersionUID = 1L;

  WhatTheServiceSaw(String text) {
    super(text, null, false, false);
  }

  /** The text, without the name of the class. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // only the class is left out
  public String toString() {
    return String.valueOf(getMessage());
  }
}
