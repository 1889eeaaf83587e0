package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.time.Duration;

/**
 * The notification of a new connection (event {@code connected}); the service does not wait for an
 * answer.
 *
 * @since 0.1
 */
final class ConnectedEvent extends HandlerEvent {

  ConnectedEvent(HttpHeaders headers, byte[] body, Duration receivedAt) {
    super(headers, body, receivedAt);
  }

  @Override
  String content() {
    return "";
  }
}
