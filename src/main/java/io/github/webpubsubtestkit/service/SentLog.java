package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Changes;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The latest events that a fake sent to event handlers, and which of them its test has taken. There
 * is no cursor: handlers answer in any order.
 */
final class SentLog {

  private static final int MAX_EVENTS = 1_000;
  private static final long MAX_BYTES = 16 * 1024 * 1024;

  private final Changes changes = new Changes();
  private final ArrayDeque<SentEvent> events = new ArrayDeque<>(); // guarded by this
  private final Set<SentEvent> taken = new HashSet<>(); // guarded by this; equal only to themselves
  private long bytes; // guarded by this
  private long dropped; // guarded by this

  /**
   * The recorded events at one moment.
   *
   * @param events in the order in which their deliveries ended
   * @param taken those of them that the test has taken
   * @param dropped the number of older events dropped
   */
  record Snapshot(List<SentEvent> events, Set<SentEvent> taken, long dropped) {}

  /** Changes with each event. */
  Changes changes() {
    return changes;
  }

  void add(SentEvent event) {
    synchronized (this) {
      events.add(event);
      bytes += event.size();
      while (events.size() > MAX_EVENTS || (bytes > MAX_BYTES && events.size() > 1)) {
        SentEvent oldest = events.remove();
        bytes -= oldest.size();
        taken.remove(oldest);
        dropped++;
      }
    }
    changes.signal();
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(List.copyOf(events), Set.copyOf(taken), dropped);
  }

  /** Takes the first matching event that was not taken before. */
  synchronized Optional<SentEvent> take(Predicate<SentEvent> wanted) {
    Optional<SentEvent> found =
        events.stream().filter(each -> !taken.contains(each) && wanted.test(each)).findFirst();
    found.ifPresent(taken::add);
    return found;
  }
}
