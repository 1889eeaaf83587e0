package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.Explainer;
import io.github.webpubsubtestkit.internal.bridge.ServiceControl;
import io.github.webpubsubtestkit.internal.bridge.Supervision;
import io.github.webpubsubtestkit.service.FakeWebPubSub;

/** Access to what fakes offer to the extension only. */
@SuppressWarnings("unchecked") // the service room registers no other type
final class Controls {

  private Controls() {}

  /** Controls fakes. */
  static ServiceControl<FakeWebPubSub> control() {
    return (ServiceControl<FakeWebPubSub>) Bridge.SERVICES.factory();
  }

  /** Reports what went wrong in fakes. */
  static Supervision<FakeWebPubSub> supervision() {
    return (Supervision<FakeWebPubSub>) Bridge.SUPERVISION.factory();
  }

  /** Explains the failures of tests. */
  static Explainer<FakeWebPubSub> explainer() {
    return (Explainer<FakeWebPubSub>) Bridge.EXPLAINER.factory();
  }
}
