package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The latest failures between hubs and their applications: the failure text of a test that waits in
 * vain for what an application should have done names them.
 */
final class HandlerFailures {

  private static final int MAX_KEPT = 100;
  private static final int MAX_SHOWN = 3;

  private record HandlerFailure(Duration at, String hub, String text) {}

  private final ArrayDeque<HandlerFailure> kept = new ArrayDeque<>(); // guarded by this
  private volatile @Nullable BiConsumer<String, String> listener;

  /** Gives each from now on to a listener: its hub and what it was. Tokens are masked. */
  void listener(BiConsumer<String, String> added) {
    listener = added;
  }

  void add(Duration at, String hub, String text) {
    keep(at, hub, text);
    BiConsumer<String, String> present = listener;
    if (present != null) {
      present.accept(hub, Secrets.mask(text));
    }
  }

  /** Keeps a repetition of the one before, as of a retry, once, with its latest time. */
  private synchronized void keep(Duration at, String hub, String text) {
    HandlerFailure last = kept.peekLast();
    if (last != null && last.hub.equalsIgnoreCase(hub) && last.text.equals(text)) {
      kept.removeLast();
    }
    kept.add(new HandlerFailure(at, hub, text));
    if (kept.size() > MAX_KEPT) {
      kept.remove();
    }
  }

  /** All that are kept, the oldest first. */
  synchronized List<Digest.Line> lines() {
    return kept.stream()
        .map(
            each ->
                new Digest.Line(
                    each.at,
                    Digest.Rank.REFUSED,
                    Secrets.mask("event handler of hub " + each.hub + ": " + each.text)))
        .toList();
  }

  /** The latest failures of a hub, or of all hubs, since the given time, the oldest first. */
  synchronized List<String> since(Duration moment, @Nullable String hub) {
    List<String> shown = new ArrayList<>();
    for (HandlerFailure each : kept) {
      if (each.at.compareTo(moment) >= 0 && (hub == null || each.hub.equalsIgnoreCase(hub))) {
        shown.add(Timeline.seconds(each.at) + " " + each.text);
      }
    }
    return shown.size() <= MAX_SHOWN
        ? shown
        : shown.subList(shown.size() - MAX_SHOWN, shown.size());
  }
}
