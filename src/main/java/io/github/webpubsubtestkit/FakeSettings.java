package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.List;
import java.util.Optional;

/**
 * What the annotation of a test class says of its fake.
 *
 * @param hub the hub of clients that name none
 * @param eventHandlers URLs
 */
record FakeSettings(String hub, List<String> eventHandlers) {

  static final String DEFAULT_HUB = "hub";

  void applyTo(FakeWebPubSubBuilder builder) {
    builder.defaultHub(hub);
    eventHandlers.forEach(url -> builder.eventHandler(hub, EventHandler.url(url)));
  }

  /** The hub; empty for the default, of which an extension's builder may have said more. */
  Optional<String> chosenHub() {
    return Optional.of(hub).filter(name -> !name.equals(DEFAULT_HUB));
  }
}
