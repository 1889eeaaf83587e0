package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Arrays;
import java.util.Locale;

/** The events that the service raises itself (event-handlers 1). */
public enum SystemEvent {
  /** A client wants to connect; the application decides. */
  CONNECT,
  /** A client is connected. */
  CONNECTED,
  /** A client's logical connection has ended. */
  DISCONNECTED;

  private final String eventName = name().toLowerCase(Locale.ROOT);

  /** The name in {@code ce-eventName}. */
  public String eventName() {
    return eventName;
  }

  /**
   * The event of that name, without regard to case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SystemEvent of(String name) {
    for (SystemEvent each : values()) {
      if (each.eventName.equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "there is no system event \""
            + Secrets.mask(name)
            + "\"; there are "
            + String.join(", ", Arrays.stream(values()).map(SystemEvent::eventName).toList()));
  }
}
