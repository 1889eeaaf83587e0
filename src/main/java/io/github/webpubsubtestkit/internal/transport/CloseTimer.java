package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The timeout of a WebSocket's close handshake. Guarded by its endpoint's lock. */
final class CloseTimer {

  private final Timers timers;
  private @Nullable Scheduled running;

  CloseTimer(Timers timers) {
    this.timers = timers;
  }

  /** Starts the timer, unless it is already running. */
  void start(Duration limit, Runnable tooLate) {
    if (running == null) {
      running = timers.deadline(limit, tooLate);
    }
  }

  void stop() {
    Scheduled stopped = running;
    if (stopped != null) {
      stopped.cancel();
      running = null;
    }
  }
}
