package io.github.webpubsubtestkit.internal.upstream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is under way; each thing says in its {@code toString()} what it waits for. */
final class Pending {

  private final Set<Object> underWay = new LinkedHashSet<>(); // guarded by this

  synchronized void begin(Object thing) {
    underWay.add(thing);
  }

  synchronized void end(Object thing) {
    if (underWay.remove(thing) && underWay.isEmpty()) {
      notifyAll();
    }
  }

  synchronized boolean isEmpty() {
    return underWay.isEmpty();
  }

  List<String> texts() {
    List<Object> things;
    synchronized (this) {
      things = new ArrayList<>(underWay);
    }
    return things.stream().map(Object::toString).toList();
  }

  synchronized boolean awaitNone(long deadlineNanos) throws InterruptedException {
    long left = deadlineNanos - System.nanoTime();
    while (!underWay.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadlineNanos - System.nanoTime();
    }
    return underWay.isEmpty();
  }
}
