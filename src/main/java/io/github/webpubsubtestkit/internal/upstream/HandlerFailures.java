package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong between hubs and their applications, the newest up to a number: a test that waits
 * in vain for what an application should have done is to hear of it.
 */
final class HandlerFailures {

  private static final int MAX_KEPT = 100;
  private static final int MAX_TOLD = 3;

  private record HandlerFailure(Duration at, String hub, String text) {}

  private final ArrayDeque<HandlerFailure> kept = new ArrayDeque<>(); // guarded by this
  private volatile @Nullable BiConsumer<String, String> listener;

  /** Has somebody told of each from now on: its hub and what it was. Tokens are masked. */
  void listener(BiConsumer<String, String> told) {
    listener = told;
  }

  void add(Duration at, String hub, String text) {
    keep(at, hub, text);
    BiConsumer<String, String> told = listener;
    if (told != null) {
      told.accept(hub, Secrets.mask(text));
    }
  }

  /** What repeats the one before, as a retry does, is kept once, with its latest time. */
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

  /** Those of a hub, or of all, since a moment, the oldest first, and of many the newest. */
  synchronized List<String> since(Duration moment, @Nullable String hub) {
    List<String> told = new ArrayList<>();
    for (HandlerFailure each : kept) {
      if (each.at.compareTo(moment) >= 0 && (hub == null || each.hub.equalsIgnoreCase(hub))) {
        told.add(Timeline.seconds(each.at) + " " + each.text);
      }
    }
    return told.size() <= MAX_TOLD ? told : told.subList(told.size() - MAX_TOLD, told.size());
  }
}
