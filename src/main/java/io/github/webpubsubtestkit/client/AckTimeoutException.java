package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.UserFrames;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a client's request got no response: not in time, or not at all because the connection
 * ended. The message states what was sent, what was received instead, and the state of the
 * connection.
 *
 * @since 0.1
 */
public final class AckTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AckTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
    UserFrames.trim(this);
  }
}
