package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest connections that have ended before a request, because their client does not speak what
 * the port speaks, or did not end its TLS handshake: whoever waits for a request should know.
 */
final class FailedConnections {

  private static final int MAX_KEPT = 100;

  /** The maximum number of different reasons told. */
  private static final int MAX_TOLD = 3;

  private final ArrayDeque<Failure> latest = new ArrayDeque<>(0); // guarded by this

  private record Failure(Duration at, String reason) {}

  synchronized void add(Duration at, String reason) {
    if (latest.size() == MAX_KEPT) {
      latest.remove();
    }
    latest.add(new Failure(at, reason));
  }

  private synchronized List<Failure> since(Duration since) {
    return latest.stream().filter(each -> each.at().compareTo(since) >= 0).toList();
  }

  /** The latest reasons since a moment, a line each. */
  List<String> texts(Duration since) {
    Map<String, List<Failure>> byReason = new LinkedHashMap<>();
    for (Failure each : since(since)) {
      List<Failure> same = byReason.remove(each.reason());
      byReason.put(each.reason(), same == null ? new ArrayList<>() : same); // the latest at the end
      byReason.get(each.reason()).add(each);
    }
    return byReason.values().stream()
        .skip(Math.max(0, byReason.size() - MAX_TOLD))
        .map(FailedConnections::text)
        .toList();
  }

  private static String text(List<Failure> same) {
    Failure last = same.get(same.size() - 1);
    return (same.size() == 1
            ? "a connection failed before its first request at "
            : same.size() + " connections failed before their first request, the last at ")
        + Timeline.seconds(last.at())
        + ": "
        + last.reason();
  }

  /** The same, to choose from for the explanation of a failure. */
  List<Digest.Line> lines() {
    return since(Duration.ZERO).stream()
        .map(
            each ->
                new Digest.Line(
                    each.at(),
                    Digest.Rank.REFUSED,
                    "a connection failed before its first request: " + each.reason()))
        .toList();
  }
}
