package io.github.webpubsubtestkit.internal.upstream;

import java.time.Duration;
import java.util.List;

/**
 * The switches of event handlers (client-protocols 0.4).
 *
 * @param originWithPort {@code WebHook-Request-Origin} has the port, which early releases of the
 *     express middleware want (event-handlers K11); default off
 * @param splitAllowedOrigin a line {@code WebHook-Allowed-Origin} may be a list with commas
 *     (event-handlers K15); default off
 * @param validateHandlers URLs are validated before their first event (event-handlers 3.3); default
 *     on
 * @param forwardConnectErrorBody a client that is refused gets the application's text
 *     (event-handlers K03); default off
 * @param retryDelays how long to wait before each retry; default three times zero (event-handlers
 *     K18); the service waits 1, 3 and 5 s; empty for no retry
 * @param handlerDeadline from the start of an event to its answer, retries included; default 100 s
 * @param validationDeadline the same of a validation's OPTIONS or GET; default 10 s
 */
public record UpstreamOptions(
    boolean originWithPort,
    boolean splitAllowedOrigin,
    boolean validateHandlers,
    boolean forwardConnectErrorBody,
    List<Duration> retryDelays,
    Duration handlerDeadline,
    Duration validationDeadline) {

  /** Copies the list. */
  public UpstreamOptions {
    retryDelays = List.copyOf(retryDelays);
  }

  /** The defaults named above. */
  public static UpstreamOptions defaults() {
    return new UpstreamOptions(
        false,
        false,
        true,
        false,
        List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO),
        Duration.ofSeconds(100),
        Duration.ofSeconds(10));
  }
}
