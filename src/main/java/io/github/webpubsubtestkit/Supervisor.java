package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.Supervision;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Optional;

/** Asks fakes what went wrong in them. */
final class Supervisor {

  private Supervisor() {}

  /** Marks the current moment. */
  static long mark(FakeWebPubSub fake) {
    return supervision().mark(fake);
  }

  /** What went wrong since a mark and was not reported yet. */
  static Optional<AssertionError> check(FakeWebPubSub fake, long since, boolean alsoFaults) {
    return supervision().check(fake, since, alsoFaults);
  }

  @SuppressWarnings("unchecked") // the service room registers no other
  private static Supervision<FakeWebPubSub> supervision() {
    return (Supervision<FakeWebPubSub>) Bridge.SUPERVISION.factory();
  }
}
