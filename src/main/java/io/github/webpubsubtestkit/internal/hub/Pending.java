package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The pending work; the {@code toString()} of each item describes what it waits for. */
public final class Pending {

  private final Map<Object, Long> underWay = new LinkedHashMap<>(); // since when; guarded by this
  private final Set<Object> answered = new HashSet<>(2); // guarded by this
  private boolean closed; // guarded by this

  /** Begins a piece of work; returns false if none is to begin any more. */
  public synchronized boolean begin(Object thing) {
    underWay.put(thing, System.nanoTime());
    return !closed;
  }

  /** Lets nothing begin any more, and returns what is under way. */
  public synchronized List<Object> close() {
    closed = true;
    return new ArrayList<>(underWay.keySet());
  }

  /** What it waited for has come; it is still under way, but nothing is missing any more. */
  public synchronized void answered(Object thing) {
    if (underWay.containsKey(thing)) {
      answered.add(thing);
    }
  }

  public synchronized void end(Object thing) {
    answered.remove(thing);
    if (underWay.remove(thing) != null && underWay.isEmpty()) {
      notifyAll();
    }
  }

  public synchronized boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Descriptions of everything under way. */
  public List<String> texts() {
    List<Object> things;
    synchronized (this) {
      things = new ArrayList<>(underWay.keySet());
    }
    return things.stream().map(Object::toString).toList();
  }

  /**
   * What is not answered yet, and for how long: {@code no answer yet to event shout of alice#1 at
   * POST http://…, waiting for 0.312 s}.
   */
  public List<String> unanswered() {
    Map<Object, Long> things;
    synchronized (this) {
      things = new LinkedHashMap<>(underWay);
      things.keySet().removeAll(answered);
    }
    long now = System.nanoTime();
    List<String> texts = new ArrayList<>();
    things.forEach(
        (thing, since) ->
            texts.add(
                "no answer yet to "
                    + thing
                    + ", waiting for "
                    + Timeline.duration(Duration.ofNanos(now - since))));
    return texts;
  }

  public synchronized boolean awaitNone(long deadlineNanos) throws InterruptedException {
    long left = deadlineNanos - System.nanoTime();
    while (!underWay.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadlineNanos - System.nanoTime();
    }
    return underWay.isEmpty();
  }
}
