package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.Supervision;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Optional;
import java.util.Set;

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

  /** The same, with the connections that a test has left open in a fake that it shares. */
  static Optional<AssertionError> checkConnections(
      FakeWebPubSub fake, long since, Set<String> before, String test) {
    return supervision().checkConnections(fake, since, before, test);
  }

  /** Throws a failure. */
  static void fail(AssertionError failure) {
    throw failure;
  }

  @SuppressWarnings("unchecked") // the service room registers no other
  private static Supervision<FakeWebPubSub> supervision() {
    return (Supervision<FakeWebPubSub>) Bridge.SUPERVISION.factory();
  }
}
