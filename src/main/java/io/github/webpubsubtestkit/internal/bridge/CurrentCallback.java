package io.github.webpubsubtestkit.internal.bridge;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that a stub's callback answers on the current thread. The service waits for its answer
 * before it goes on with the connection, so a callback that waits for that connection, or for the
 * whole fake, would wait in vain.
 *
 * @param fake identifies the fake
 * @param event the name of the event
 * @param connectionId the connection of the event; empty if its messages do not wait for the answer
 */
public record CurrentCallback(Object fake, String event, String connectionId) {

  private static final ThreadLocal<@Nullable CurrentCallback> CURRENT = new ThreadLocal<>();

  /** The callback that runs on this thread, if any. */
  public static Optional<CurrentCallback> get() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Returns whether messages of this connection wait for the callback on this thread. */
  public static boolean isFor(String connectionId) {
    return !connectionId.isEmpty()
        && get().filter(each -> each.connectionId.equals(connectionId)).isPresent();
  }

  /** Runs a callback. */
  public void run(Runnable callback) {
    CURRENT.set(this);
    try {
      callback.run();
    } finally {
      CURRENT.remove();
    }
  }
}
