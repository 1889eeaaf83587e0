package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a connection without a socket can be recovered (client-protocols F.3). Guarded
 * by the hub's lock.
 */
final class RecoveryWindow {

  private final Hub hub;
  private final Connection connection;
  private @Nullable Scheduled end;

  private RecoveryWindow(Hub hub, Connection connection) {
    this.hub = hub;
    this.connection = connection;
  }

  /** Begins now. */
  static RecoveryWindow open(Hub hub, Connection connection, Timers timers, Duration length) {
    RecoveryWindow window = new RecoveryWindow(hub, connection);
    window.end = timers.schedule(length, window::expire);
    return window;
  }

  void cancel() {
    Scheduled running = end;
    if (running != null) {
      running.cancel();
    }
  }

  /** The timer may have been taken back while it waited for the lock: the hub looks again. */
  private void expire() {
    hub.lifecycle().expire(connection, this);
  }
}
