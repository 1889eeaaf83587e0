package io.github.webpubsubtestkit.internal.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handlers of one hub, in order; of those that take an event the first one gets it. */
final class HubHandlers {

  private final Upstream upstream;
  private final String hub;
  private volatile List<Handler> handlers = List.of();

  HubHandlers(Upstream upstream, String hub) {
    this.upstream = upstream;
    this.hub = hub;
  }

  UpstreamContext context() {
    return upstream.context();
  }

  Validations validations() {
    return upstream.validations();
  }

  boolean isListening() {
    return upstream.isListening();
  }

  /** The name in lower case. */
  String hub() {
    return hub;
  }

  /** A clause about the handlers that there are instead, of this hub or of others. */
  String otherHandlers() {
    return upstream.otherHandlers(this);
  }

  /** {@code "order" and connect}: what the handlers take. */
  List<String> taken() {
    List<String> taken = new ArrayList<>();
    for (Handler each : handlers) {
      String events = each.userEvents().toString();
      if (!events.isEmpty()) {
        taken.add("\"" + events + "\"");
      }
    }
    return taken;
  }

  void replace(List<Handler> others) {
    handlers = List.copyOf(others);
  }

  List<Handler> handlers() {
    return handlers;
  }

  @Nullable Handler of(SystemEvent event) {
    for (Handler each : handlers) {
      if (each.systemEvents().contains(event)) {
        return each;
      }
    }
    return null;
  }

  @Nullable Handler ofUserEvent(String event) {
    for (Handler each : handlers) {
      if (each.userEvents().matches(event)) {
        return each;
      }
    }
    return null;
  }
}
