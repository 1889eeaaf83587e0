package io.github.webpubsubtestkit.service;

/** Stub; being written. */
final class JsonText {
  private JsonText() {}

  static String of(Object json) {
    return String.valueOf(json);
  }
}
