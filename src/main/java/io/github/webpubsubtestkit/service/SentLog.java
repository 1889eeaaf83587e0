package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Changes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The latest events that a fake sent to event handlers, and the cursor of its test. */
final class SentLog {

  private static final int MAX_EVENTS = 1_000;
  private static final long MAX_BYTES = 16 * 1024 * 1024;

  private final Changes changes = new Changes();
  private final ArrayDeque<SentEvent> events = new ArrayDeque<>(); // guarded by this
  private long bytes; // guarded by this
  private long dropped; // guarded by this
  private long cursor; // guarded by this; the number of the first event that was not read yet

  /**
   * The recorded events at one moment.
   *
   * @param events in the order in which their deliveries ended
   * @param read the number of these that the test has read
   * @param dropped the number of older events dropped
   */
  record Snapshot(List<SentEvent> events, int read, long dropped) {}

  /** Changes with each event. */
  Changes changes() {
    return changes;
  }

  void add(SentEvent event) {
    synchronized (this) {
      events.add(event);
      bytes += event.size();
      while (events.size() > MAX_EVENTS || (bytes > MAX_BYTES && events.size() > 1)) {
        bytes -= events.remove().size();
        dropped++;
      }
    }
    changes.signal();
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(new ArrayList<>(events), (int) Math.max(0, cursor - dropped), dropped);
  }

  /** Takes the first unread matching event; it and all before it are then read. */
  synchronized Optional<SentEvent> take(Predicate<SentEvent> wanted) {
    long number = dropped;
    for (SentEvent event : events) {
      if (number >= cursor && wanted.test(event)) {
        cursor = number + 1;
        return Optional.of(event);
      }
      number++;
    }
    return Optional.empty();
  }
}
