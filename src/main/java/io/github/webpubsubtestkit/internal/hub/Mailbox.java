package io.github.webpubsubtestkit.internal.hub;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection, one after the other: while an event waits for the application all
 * later ones wait, too (event-handlers 7.1). Guarded by the hub's lock.
 */
final class Mailbox {

  /** So many requests may wait before the client is read no further. */
  private static final int ENOUGH = 256;

  private final Queue<Runnable> deferred = new ArrayDeque<>(2);
  private boolean waiting;
  private boolean emptying;
  private @Nullable Receiver paused;

  /** Returns whether an event is under way. */
  boolean isWaiting() {
    return waiting;
  }

  /** From now on all else waits. */
  void beginWaiting() {
    waiting = true;
  }

  /** Puts something behind all that waits already. */
  void defer(Runnable task) {
    deferred.add(task);
  }

  /** A client that sends faster than the application works has to wait. */
  void slowDown(Receiver client) {
    if (deferred.size() >= ENOUGH && paused != client) {
      paused = client;
      client.reading(false);
    }
  }

  /**
   * Does what has waited, up to the next event that has to be waited for. If something fails, the
   * rest is done all the same.
   */
  void endWaiting() {
    waiting = false;
    if (emptying) {
      return; // the one who does that goes on
    }
    Throwable failure = null;
    emptying = true;
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (Throwable e) {
        failure = failure == null ? e : failure;
      }
    }
    emptying = false;
    Receiver client = paused;
    if (client != null && deferred.size() < ENOUGH) {
      paused = null;
      client.reading(true);
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private @Nullable Runnable next() {
    return waiting ? null : deferred.poll();
  }
}
