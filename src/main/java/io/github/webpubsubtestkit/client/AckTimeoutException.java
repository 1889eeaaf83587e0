package io.github.webpubsubtestkit.client;

import org.jspecify.annotations.Nullable;

/**
 * No answer came to what a client asked for: not in time, or not at all because the connection
 * ended. The message says what was sent, what came instead, and how the connection is.
 *
 * @since 0.1
 */
public final class AckTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AckTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
