package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;

/**
 * The limits of what a reliable connection may leave unacknowledged (client-protocols F.2).
 *
 * @param maxMessages the number of messages
 * @param maxBytes their size in bytes
 */
public record BufferLimits(int maxMessages, long maxBytes) {

  /** The multiple of the limits that is too much for a client even in a burst. */
  private static final int BURST_MESSAGES = 10;

  private static final int BURST_BYTES = 2;

  /** An upper bound of the size of a frame's head and a sequence id. */
  private static final int BYTES_AROUND_A_MESSAGE = 64;

  /** The maximum number of messages kept for a client that has had no time to acknowledge. */
  int maxBurst() {
    return (int) Math.min(Integer.MAX_VALUE / 2, (long) BURST_MESSAGES * maxMessages);
  }

  /** Their size. */
  long maxBurstBytes() {
    return Math.min(Long.MAX_VALUE / 4, maxBytes) * BURST_BYTES;
  }

  /** The number of frames that may wait for one socket because the hub limits them itself. */
  public int maxWaitingFrames() {
    return maxBurst();
  }

  /** Their bytes. */
  public long maxWaitingBytes() {
    return maxBurstBytes() + (long) maxBurst() * BYTES_AROUND_A_MESSAGE;
  }

  static BufferLimits of(Options options) {
    return new BufferLimits(
        options.get(Setting.MAX_QUEUED_MESSAGES), options.get(Setting.MAX_QUEUED_BYTES));
  }
}
