package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.time.Duration;

/**
 * A client is connected (event {@code connected}); the service waits for no answer.
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
