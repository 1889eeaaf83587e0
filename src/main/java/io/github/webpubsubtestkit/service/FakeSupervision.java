package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.Supervision;
import java.util.Optional;
import java.util.Set;

/** Reports the failures of fakes; the extension uses it through the bridge. */
final class FakeSupervision implements Supervision<FakeWebPubSub> {

  static {
    Bridge.SUPERVISION.register(new FakeSupervision());
  }

  private FakeSupervision() {}

  @Override
  public long mark(FakeWebPubSub fake) {
    return fake.failures().mark();
  }

  @Override
  public Optional<AssertionError> check(FakeWebPubSub fake, long since, boolean alsoFaults) {
    return fake.failures().check(since, alsoFaults);
  }

  @Override
  public Optional<AssertionError> checkConnections(
      FakeWebPubSub fake, long since, Set<String> before, String test) {
    return fake.failures().checkConnections(since, before, test);
  }
}
