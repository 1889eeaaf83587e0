package io.github.webpubsubtestkit.internal.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The assertions that wait, and those whose wait was interrupted: a test that is ended from outside
 * is told what they waited for, even if nobody sees their exceptions.
 */
public final class Waits {

  private static final int MAX_KEPT = 3;

  private final Map<Object, Wait> waiting = new LinkedHashMap<>(); // guarded by this
  private final List<Wait> interrupted = new ArrayList<>(); // guarded by this

  /** A wait, and the report of it. */
  private record Wait(Duration began, Thread thread, Supplier<String> report) {}

  Waits() {}

  /**
   * A thread begins to wait.
   *
   * @param key identifies the wait
   * @param report what it would say if the time were up
   */
  public synchronized void begin(Object key, Duration began, Supplier<String> report) {
    waiting.put(key, new Wait(began, Thread.currentThread(), report));
  }

  /** It waits no longer. */
  public synchronized void end(Object key) {
    waiting.remove(key);
  }

  /** It waits no longer, as somebody has interrupted its thread. */
  public synchronized void interrupted(Object key) {
    Wait ended = waiting.remove(key);
    if (ended != null) {
      interrupted.add(ended);
      if (interrupted.size() > MAX_KEPT) {
        interrupted.remove(0);
      }
    }
  }

  /** The reports of the waits that have been interrupted, and began at this time or later. */
  public List<String> reports(Duration since) {
    List<Wait> found = new ArrayList<>();
    synchronized (this) {
      found.addAll(interrupted);
      waiting.values().stream().filter(each -> each.thread().isInterrupted()).forEach(found::add);
    }
    return found.stream()
        .filter(each -> each.began().compareTo(since) >= 0)
        .map(each -> each.report().get())
        .toList();
  }
}
