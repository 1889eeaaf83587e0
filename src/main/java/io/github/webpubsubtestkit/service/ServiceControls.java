package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.ServiceControl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The control over fakes that the JUnit extension has; it uses this through the bridge. */
final class ServiceControls implements ServiceControl<FakeWebPubSub> {

  static {
    ServiceControl<FakeWebPubSub> control = new ServiceControls();
    Bridge.SERVICES.register(control);
  }

  @Override
  public void waitTimes(
      FakeWebPubSub service,
      @Nullable Duration annotated,
      Function<String, Optional<String>> parameters) {
    service.times().configure(annotated, name -> parameters.apply(name).orElse(null));
  }

  @Override
  public void earlier(FakeWebPubSub service, List<URI> endpoints) {
    service.earlier().are(endpoints);
  }
}
