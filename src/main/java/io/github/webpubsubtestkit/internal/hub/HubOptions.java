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
 *     aborted (client-protocols D10, D11); default off
 * @param connectedAfterRecovery send {@code connected} with a fresh token after a recovery; default
 *     off
 * @param expireByTtl drop unacknowledged messages when their time to live is over; default off
 * @param dropOnUserEventFailure a client on a subprotocol is closed with 1011 when its event fails
 *     (client-protocols D02); default off
 * @param rawFailureCloseCode with what a simple client is closed when its message fails: 1011, or
 *     1000 without a reason (client-protocols D03); default 1011
 */
public record HubOptions(
    Duration recoveryWindow,
    int maxUnacknowledged,
    long maxUnacknowledgedBytes,
    boolean closeOnOverflow,
    boolean connectedAfterRecovery,
    boolean expireByTtl,
    boolean dropOnUserEventFailure,
    int rawFailureCloseCode) {

  /** So many times the limits are too much for a client even in a burst. */
  private static final int BURST_MESSAGES = 10;

  private static final int BURST_BYTES = 2;

  /** More than a frame's head and a sequence id take. */
  private static final int BYTES_AROUND_A_MESSAGE = 64;

  /** Messages that are kept at most for a client that had no time yet to acknowledge. */
  int maxBurst() {
    return (int) Math.min(Integer.MAX_VALUE / 2, (long) BURST_MESSAGES * maxUnacknowledged);
  }

  /** Their size. */
  long maxBurstBytes() {
    return Math.min(Long.MAX_VALUE / 4, maxUnacknowledgedBytes) * BURST_BYTES;
  }

  /** Frames that may wait for one socket because the hub bounds them itself. */
  public int maxWaitingFrames() {
    return maxBurst();
  }

  /** Their bytes. */
  public long maxWaitingBytes() {
    return maxBurstBytes() + (long) maxBurst() * BYTES_AROUND_A_MESSAGE;
  }

  /** The service's own. */
  public static HubOptions defaults() {
    return new HubOptions(
        Duration.ofSeconds(30), 1_000, 16L * 1024 * 1024, false, false, false, false, 1011);
  }
}
