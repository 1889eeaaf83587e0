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
 * @param timeout how long everything waits; empty if the annotation does not say
 * @param https true for TLS
 * @param annotated the simple name of the class that has the annotation
 */
record FakeSettings(
    String hub, List<String> eventHandlers, String timeout, boolean https, String annotated) {

  static final String DEFAULT_HUB = "hub";

  void applyTo(FakeWebPubSubBuilder builder) {
    builder.defaultHub(hub);
    if (https) {
      builder.https();
    }
    eventHandlers.forEach(url -> builder.eventHandler(hub, EventHandler.url(url)));
  }

  /** {@code @WebPubSubTest(timeout = "20s") of ChatTest}. */
  String timeoutInWords() {
    return "@WebPubSubTest(timeout = \"" + timeout + "\") of " + annotated;
  }

  /** The hub; empty for the default, which an extension's builder may have changed. */
  Optional<String> chosenHub() {
    return Optional.of(hub).filter(name -> !name.equals(DEFAULT_HUB));
  }
}
