package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pings to one client, which is disconnected if it has not answered one when the next is due
 * (client-protocols I.4).
 */
final class KeepAlive {

  private static final byte[] PING = {};

  private final Timers timers;
  private final Duration interval;
  private final ClientSession session;

  // guarded by this
  private @Nullable Scheduled nextPing;
  private @Nullable Scheduled missing;
  private boolean stopped;

  KeepAlive(Timers timers, Duration interval, ClientSession session) {
    this.timers = timers;
    this.interval = interval;
    this.session = session;
  }

  synchronized void start() {
    if (!stopped) {
      nextPing = timers.schedule(interval, this::ping);
    }
  }

  private synchronized void ping() {
    if (stopped) {
      return;
    }
    if (!session.losesPing()) {
      if (!session.ping(PING)) {
        return; // a closing socket has its own timeout
      }
      if (missing == null) {
        missing = timers.deadline(interval, this::giveUp);
      }
    }
    nextPing = timers.schedule(interval, this::ping); // behind the deadline of the same moment
  }

  private void giveUp() {
    stop();
    session.unanswered(interval);
  }

  /** Handles a pong to any ping, which shows that the client reads. */
  synchronized void answered() {
    Scheduled made = missing;
    if (made != null) {
      made.cancel();
      missing = null;
    }
  }

  /** Stops when the socket has ended. */
  synchronized void stop() {
    stopped = true;
    answered();
    Scheduled next = nextPing;
    if (next != null) {
      next.cancel();
      nextPing = null;
    }
  }
}
