package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.UserFrames;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a connection could not be opened for a reason other than a rejected handshake: nothing
 * listens at the address, no response came in time, or the response was not from a Web PubSub
 * service.
 *
 * @since 0.1
 */
public final class ConnectFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConnectFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
    UserFrames.trim(this);
  }
}
