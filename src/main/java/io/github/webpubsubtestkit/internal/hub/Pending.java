package io.github.webpubsubtestkit.internal.hub;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The pending work; the {@code toString()} of each item describes what it waits for. */
public final class Pending {

  private final Set<Object> underWay = new LinkedHashSet<>(); // guarded by this
  private final Set<Object> answered = new HashSet<>(2); // guarded by this
  private boolean closed; // guarded by this

  /** Begins a piece of work; returns false if none is to begin any more. */
  public synchronized boolean begin(Object thing) {
    underWay.add(thing);
    return !closed;
  }

  /** Lets nothing begin any more, and returns what is under way. */
  public synchronized List<Object> close() {
    closed = true;
    return new ArrayList<>(underWay);
  }

  /** What it waited for has come; it is still under way, but nothing is missing any more. */
  public synchronized void answered(Object thing) {
    if (underWay.contains(thing)) {
      answered.add(thing);
    }
  }

  public synchronized void end(Object thing) {
    answered.remove(thing);
    if (underWay.remove(thing) && underWay.isEmpty()) {
      notifyAll();
    }
  }

  public synchronized boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Descriptions of everything under way. */
  public List<String> texts() {
    return texts(false);
  }

  /** Descriptions of what is not answered yet. */
  public List<String> unanswered() {
    return texts(true);
  }

  private List<String> texts(boolean onlyUnanswered) {
    List<Object> things;
    synchronized (this) {
      things = new ArrayList<>(underWay);
      if (onlyUnanswered) {
        things.removeAll(answered);
      }
    }
    return things.stream().map(Object::toString).toList();
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
