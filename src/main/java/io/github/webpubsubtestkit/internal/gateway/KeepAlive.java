package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pings that one client gets, and what becomes of it if it leaves one unanswered
 * (client-protocols I.4): it has until the next one is due.
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
    if (stopped || !session.ping(PING)) {
      return; // a socket that is being closed has a limit of its own
    }
    if (missing == null) {
      missing = timers.deadline(interval, this::giveUp);
    }
    nextPing = timers.schedule(interval, this::ping); // behind the deadline of the same moment
  }

  private void giveUp() {
    stop();
    session.unanswered(interval);
  }

  /** A pong has come. To which ping does not matter: the client is there and reads. */
  synchronized void answered() {
    Scheduled made = missing;
    if (made != null) {
      made.cancel();
      missing = null;
    }
  }

  /** The socket is gone. */
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
