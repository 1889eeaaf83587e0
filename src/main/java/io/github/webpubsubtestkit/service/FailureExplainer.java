package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.Explainer;
import io.github.webpubsubtestkit.internal.expect.OwnTexts;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains failures; JUnit's extension uses it through the bridge. */
final class FailureExplainer implements Explainer<FakeWebPubSub> {

  static {
    Bridge.EXPLAINER.register(new FailureExplainer());
  }

  private FailureExplainer() {}

  @Override
  public Moment now(FakeWebPubSub fake) {
    Timeline record = fake.record();
    return new Moment(record, record.now());
  }

  private static boolean wasReset(FakeWebPubSub fake, @Nullable Moment since) {
    return since != null && since.era() != fake.record();
  }

  /** The moment in the present timeline, which begins anew with a reset. */
  private static Duration time(FakeWebPubSub fake, @Nullable Moment since) {
    return since == null || wasReset(fake, since) ? Duration.ZERO : since.at();
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
  public List<String> lines(FakeWebPubSub fake, @Nullable Moment since) {
    List<Digest.Line> lines = fake.atTheService(time(fake, since));
    if (lines.stream().allMatch(each -> each.rank() == Digest.Rank.DETAIL)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(lines.stream().map(Digest.Line::toString).toList());
    if (wasReset(fake, since)) {
      texts.add(0, "it was reset during the test, which begins its times anew");
    }
    return texts;
  }

  @Override
  public List<String> waits(FakeWebPubSub fake, @Nullable Moment since) {
    return fake.record().waits().reports(time(fake, since));
  }

  @Override
  public List<String> later(FakeWebPubSub fake, Moment since) {
    Duration from = time(fake, since);
    return fake.journal().operations().stream()
        .filter(each -> each.at().compareTo(from) >= 0)
        .filter(each -> each.operation().isSend())
        .limit(Digest.MAX_LINES)
        .map(each -> AtTheService.line(each, fake.mapping().display()))
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
