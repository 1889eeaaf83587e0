package io.github.webpubsubtestkit.client;

import org.jspecify.annotations.Nullable;

/**
 * A connection could not be opened, and not because the service refused it: nobody listens, no
 * answer came in time, or what came was no Web PubSub service.
 *
 * @since 0.1
 */
public final class ConnectFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConnectFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
