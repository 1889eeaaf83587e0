package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.upstream.UpstreamRequest;
import java.time.Duration;

/** Creates the events that requests to handlers carry. */
final class HandlerEvents {

  private static final String SYSTEM = "azure.webpubsub.sys.";

  private HandlerEvents() {}

  /** The event of a request, by its {@code ce-type} (event-handlers 1). */
  static HandlerEvent of(UpstreamRequest request, Duration at, ObjectMapping mapping) {
    HttpHeaders headers = request.headers();
    byte[] body = request.body();
    return switch (headers.first("ce-type").orElse("")) {
      case SYSTEM + "connect" -> new ConnectEvent(headers, body, at, mapping.display());
      case SYSTEM + "connected" -> new ConnectedEvent(headers, body, at);
      case SYSTEM + "disconnected" -> new DisconnectedEvent(headers, body, at);
      default -> new UserEvent(headers, body, at, mapping);
    };
  }
}
