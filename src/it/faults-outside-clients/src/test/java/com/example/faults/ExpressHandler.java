package com.example.faults;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;

/**
 * An event handler on {@code @azure/web-pubsub-express}: lets everyone in, answers each event with
 * {@code got DATA}, and sees {@code connect USER}, {@code connected USER}, {@code disconnected
 * USER} and {@code EVENT DATA}.
 */
final class ExpressHandler extends Observed {

  private final NodeProgram node;
  private final String id;

  ExpressHandler(NodeProgram node, FakeWebPubSub service) {
    super("Microsoft's Express middleware");
    this.node = node;
    this.id = node.register(this);
    node.command(Map.of("do", "handle", "id", id, "hub", "hub"));
    service.eventHandlers("hub", EventHandler.url(seesStarting("listening on ")));
  }

  void stop() {
    node.command(Map.of("do", "unhandle", "id", id));
  }
}
