package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.ServiceControl;
import io.github.webpubsubtestkit.service.FakeWebPubSub;

/** Access to the control over fakes. */
final class Controls {

  private Controls() {}

  @SuppressWarnings("unchecked") // the service room registers no other type
  static ServiceControl<FakeWebPubSub> of() {
    return (ServiceControl<FakeWebPubSub>) Bridge.SERVICES.factory();
  }
}
