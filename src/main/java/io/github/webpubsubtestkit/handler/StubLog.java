package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.expect.Changes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The newest events of a stub, up to a number, and the cursor of its test. */
final class StubLog {

  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_FAILURES = 20;

  private final Changes changes = new Changes();
  private final ArrayDeque<HandlerEvent> events = new ArrayDeque<>(); // guarded by this
  private final List<String> failures = new ArrayList<>(); // guarded by this
  private long dropped; // guarded by this
  private long cursor; // guarded by this; the number of the first event that was not read yet

  /**
   * The recorded events at one moment.
   *
   * @param events oldest first
   * @param read the number of these that the test has read
   * @param dropped the number of older events dropped
   * @param failures the exceptions of the test's callbacks
   */
  record Snapshot(List<HandlerEvent> events, int read, long dropped, List<String> failures) {

    List<HandlerEvent> unread() {
      return events.subList(read, events.size());
    }
  }

  /** Changes with each event. */
  Changes changes() {
    return changes;
  }

  void add(HandlerEvent event) {
    synchronized (this) {
      events.add(event);
      if (events.size() > MAX_EVENTS) {
        events.remove();
        dropped++;
      }
    }
    changes.signal();
  }

  /** Adds a failure, unless it repeats the previous one, as retries do. */
  synchronized void failed(String failure) {
    if (failures.isEmpty() || !failures.get(failures.size() - 1).equals(failure)) {
      failures.add(failure);
    }
    if (failures.size() > MAX_FAILURES) {
      failures.remove(0);
    }
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(
        new ArrayList<>(events),
        (int) Math.max(0, cursor - dropped),
        dropped,
        List.copyOf(failures));
  }

  /** Takes the first unread matching event; it and all before it are then read. */
  synchronized Optional<HandlerEvent> take(Predicate<HandlerEvent> wanted) {
    long number = dropped;
    for (HandlerEvent event : events) {
      if (number >= cursor && wanted.test(event)) {
        cursor = number + 1;
        return Optional.of(event);
      }
      number++;
    }
    return Optional.empty();
  }
}
