package io.github.webpubsubtestkit.client;

import org.jspecify.annotations.Nullable;

/**
 * A failed expectation.
 *
 * @param text its whole text
 * @param actual what the nearest message was, for tools that compare; null if there is none
 * @param expected what was expected of it
 */
record ClientFailure(String text, @Nullable String actual, @Nullable String expected) {

  static ClientFailure of(String text) {
    return new ClientFailure(text, null, null);
  }
}
