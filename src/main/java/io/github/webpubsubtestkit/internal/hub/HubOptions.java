package io.github.webpubsubtestkit.internal.hub;

import java.time.Duration;

/**
 * The switches of what a hub does (client-protocols 0.4).
 *
 * @param recoveryWindow how long a reliable connection without a socket is kept; default 30 s
 * @param maxUnacknowledged messages that a reliable connection may leave unacknowledged; default
 *     1,000
 * @param maxUnacknowledgedBytes their size; default 16 MiB
 * @param closeOnOverflow a connection for which too much waits is closed with 1008 instead of
 *     aborted (D10, D11); default off
 * @param connectedAfterRecovery send {@code connected} with a fresh token after a recovery; default
 *     off
 * @param expireByTtl drop unacknowledged messages when their time to live is over; default off
 */
public record HubOptions(
    Duration recoveryWindow,
    int maxUnacknowledged,
    long maxUnacknowledgedBytes,
    boolean closeOnOverflow,
    boolean connectedAfterRecovery,
    boolean expireByTtl) {

  /** The service's own. */
  public static HubOptions defaults() {
    return new HubOptions(Duration.ofSeconds(30), 1_000, 16L * 1024 * 1024, false, false, false);
  }
}
