package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.Explainer;
import io.github.webpubsubtestkit.internal.expect.OwnTexts;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import java.time.Duration;
import java.util.List;

/** Explains failures; JUnit's extension uses it through the bridge. */
final class FailureExplainer implements Explainer<FakeWebPubSub> {

  static {
    Bridge.EXPLAINER.register(new FailureExplainer());
  }

  private FailureExplainer() {}

  @Override
  public Duration now(FakeWebPubSub fake) {
    return fake.record().now();
  }

  @Override
  public void failed(FakeWebPubSub fake, Throwable failure) {
    String text = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
    fake.record().failed(String.valueOf(text));
  }

  @Override
  public boolean explainsItself(Throwable failure) {
    return OwnTexts.areIn(failure);
  }

  @Override
  public List<String> lines(FakeWebPubSub fake, Duration since) {
    List<Digest.Line> lines = fake.atTheService(since);
    return lines.stream().allMatch(each -> each.rank() == Digest.Rank.DETAIL)
        ? List.of()
        : lines.stream().map(Digest.Line::toString).toList();
  }

  @Override
  public List<String> later(FakeWebPubSub fake, Duration since) {
    return fake.journal().operations().stream()
        .filter(each -> each.at().compareTo(since) >= 0)
        .filter(each -> each.operation().isSend())
        .limit(Digest.MAX_LINES)
        .map(AtTheService::line)
        .map(Digest.Line::toString)
        .toList();
  }

  /** Others than these two may be errors inside the kit, whose frames tell where. */
  @Override
  public void trim(Throwable failure) {
    if (failure.getClass() == IllegalArgumentException.class
        || failure.getClass() == IllegalStateException.class) {
      UserFrames.trim(failure);
    }
  }
}
