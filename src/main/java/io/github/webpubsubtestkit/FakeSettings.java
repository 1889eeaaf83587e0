package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the fake in a test class's annotation.
 *
 * @param hub the default hub
 * @param eventHandlers the URLs of event handlers
 * @param https true for TLS
 */
record FakeSettings(String hub, List<String> eventHandlers, boolean https) {

  static final String DEFAULT_HUB = "hub";

  void applyTo(FakeWebPubSubBuilder builder) {
    builder.defaultHub(hub);
    if (https) {
      builder.https();
    }
    eventHandlers.forEach(url -> builder.eventHandler(hub, EventHandler.url(url)));
  }

  /** The hub; empty for the default, which an extension's builder may have changed. */
  Optional<String> chosenHub() {
    return Optional.of(hub).filter(name -> !name.equals(DEFAULT_HUB));
  }
}
