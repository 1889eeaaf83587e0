package io.github.webpubsubtestkit.internal.timeline;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a fake outside of what the test asserts, until somebody reports it: all rooms
 * add to it, and {@code service} makes one failure of it.
 */
public final class Incidents {

  /** The maximum number of incidents that wait to be reported; a test needs the first ones. */
  private static final int MAX_KEPT = 100;

  private static final int MAX_NAMED = 3;
  private static final int MAX_KEYS = 1_000;
  private static final int MAX_HEADLINE = 108;

  private final Supplier<Duration> now;
  private final List<Incident> kept = new ArrayList<>(); // guarded by this
  private final Set<Object> keys = new HashSet<>(); // guarded by this
  private long next; // guarded by this
  private boolean closed; // guarded by this

  Incidents(Supplier<Duration> now) {
    this.now = now;
  }

  /**
   * Adds an incident, unless {@link #close()} was called.
   *
   * @param key equal for repetitions of one incident, such as retries, which are not added again;
   *     null if there are none
   * @param headline cut after about a line
   */
  public synchronized void add(
      Incident.Kind kind,
      @Nullable Object key,
      String headline,
      List<String> details,
      @Nullable Throwable cause) {
    if (closed || kept.size() >= MAX_KEPT || (key != null && keys.contains(key))) {
      return;
    }
    if (key != null && keys.size() < MAX_KEYS) {
      keys.add(key);
    }
    String line = Secrets.beginning(headline.strip().replaceAll("\\s+", " "), MAX_HEADLINE, " …");
    kept.add(new Incident(next++, now.get(), kind, line, List.copyOf(details), cause));
  }

  /** Adds an exception on a thread of the kit, of which nobody else would hear. */
  public void addOfKit(Throwable failure) {
    add(
        Incident.Kind.KIT,
        null,
        "an exception on a thread of the kit: " + Secrets.describe(failure),
        List.of("thread " + Thread.currentThread().getName()),
        failure);
  }

  /** Adds a possible cause of other failures. */
  public void addStray(@Nullable Object key, String headline, String... details) {
    add(Incident.Kind.STRAY, key, headline, List.of(details), null);
  }

  /** The number of the next incident. */
  public synchronized long next() {
    return next;
  }

  /** Removes and returns the matching incidents, the oldest first. */
  public synchronized List<Incident> take(Predicate<Incident> wanted) {
    List<Incident> taken = kept.stream().filter(wanted).toList();
    kept.removeAll(taken);
    return taken;
  }

  /**
   * The latest incidents that a failure of the test names as possible causes, a line each; those of
   * callbacks are among the troubles of event handlers.
   */
  public synchronized List<String> named() {
    List<String> lines =
        kept.stream()
            .filter(each -> each.kind() != Incident.Kind.CALLBACK)
            .map(Incident::line)
            .toList();
    return lines.subList(Math.max(0, lines.size() - MAX_NAMED), lines.size());
  }

  /**
   * Follows those of an earlier time, which are over: the numbers go on, and exceptions that were
   * not reported yet are reported here.
   */
  void follow(Incidents earlier) {
    List<Incident> left;
    long first;
    synchronized (earlier) {
      left = earlier.take(each -> each.kind() != Incident.Kind.STRAY);
      first = earlier.next;
      earlier.close();
    }
    synchronized (this) {
      kept.replaceAll(each -> each.numbered(first + each.number()));
      next += first;
      for (int i = 0; i < left.size(); i++) {
        kept.add(i, left.get(i).with("before the service was reset"));
      }
    }
  }

  /** Ignores incidents from now on: the fake is being closed, which interrupts callbacks. */
  public synchronized void close() {
    closed = true;
  }
}
