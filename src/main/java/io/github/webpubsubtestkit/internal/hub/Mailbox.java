package io.github.webpubsubtestkit.internal.hub;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection, one after the other: while an event waits for the application all
 * later ones wait, too (event-handlers 7.1). Guarded by the hub's lock.
 */
final class Mailbox {

  /** The number of waiting requests at which the client is no longer read. */
  private static final int ENOUGH = 256;

  private final Queue<Runnable> deferred = new ArrayDeque<>(2);
  private boolean waiting;
  private boolean emptying;
  private @Nullable Receiver paused;

  /** Returns whether an event is pending. */
  boolean isWaiting() {
    return waiting;
  }

  /** Makes all later requests wait. */
  void beginWaiting() {
    waiting = true;
  }

  /** Adds a task behind all waiting ones. */
  void defer(Runnable task) {
    deferred.add(task);
  }

  /** Stops reading a client that sends faster than the application works. */
  void slowDown(Receiver client) {
    if (deferred.size() >= ENOUGH && paused != client) {
      paused = client;
      client.reading(false);
    }
  }

  /** Runs the waiting tasks, up to the next pending event. If one fails, the others still run. */
  void endWaiting() {
    waiting = false;
    if (emptying) {
      return; // the caller already doing that continues
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
