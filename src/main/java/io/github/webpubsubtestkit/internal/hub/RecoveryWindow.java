package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a connection without a socket can be recovered (client-protocols F.3). Guarded
 * by the hub's lock.
 */
final class RecoveryWindow {

  private @Nullable Scheduled end;

  private RecoveryWindow() {}

  /**
   * Opens a window that starts now.
   *
   * @param over called at the end, and must check whether this window is still current: the timer
   *     may be cancelled while it waits for the lock
   */
  static RecoveryWindow open(Timers timers, Duration length, Consumer<RecoveryWindow> over) {
    RecoveryWindow window = new RecoveryWindow();
    window.end = timers.schedule(length, () -> over.accept(window));
    return window;
  }

  void cancel() {
    Scheduled running = end;
    if (running != null) {
      running.cancel();
    }
  }
}
