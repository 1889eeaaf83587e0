package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.internal.bridge.ServiceControl;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test class and JUnit's configuration say about how long everything waits.
 *
 * @param annotation where the timeout of the annotation is, for messages; empty if there is none
 * @param annotated the timeout of the annotation; null if there is none
 * @param parameters the values of JUnit's configuration parameters
 */
record WaitSettings(
    String annotation,
    @Nullable Duration annotated,
    Function<String, Optional<String>> parameters) {

  /** The settings at a test or class. */
  static WaitSettings of(ExtensionContext context) {
    Function<String, Optional<String>> parameters = context::getConfigurationParameter;
    Optional<FakeSettings> annotated =
        Contexts.settings(context).filter(each -> !each.timeout().isEmpty());
    if (annotated.isEmpty()) {
      return new WaitSettings("", null, parameters);
    }
    FakeSettings settings = annotated.get();
    String place = settings.timeoutInWords();
    try {
      return new WaitSettings(
          place,
          ServiceControl.timeout("the timeout of @WebPubSubTest", settings.timeout()),
          parameters);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(place + ": " + e.getMessage(), e);
    }
  }

  String inWords() {
    return annotated == null ? "one class has none of its own" : "there is " + annotation;
  }

  void applyTo(FakeWebPubSub service) {
    try {
      Controls.control().waitTimes(service, annotated, parameters);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(e.getMessage(), e);
    }
  }
}
