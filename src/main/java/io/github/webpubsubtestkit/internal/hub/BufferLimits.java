package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;

/**
 * What a reliable connection may leave unacknowledged (client-protocols F.2).
 *
 * @param maxMessages so many messages
 * @param maxBytes so much of them
 */
public record BufferLimits(int maxMessages, long maxBytes) {

  /** So many times the limits are too much for a client even in a burst. */
  private static final int BURST_MESSAGES = 10;

  private static final int BURST_BYTES = 2;

  /** More than a frame's head and a sequence id take. */
  private static final int BYTES_AROUND_A_MESSAGE = 64;

  /** Messages that are kept at most for a client that had no time yet to acknowledge. */
  int maxBurst() {
    return (int) Math.min(Integer.MAX_VALUE / 2, (long) BURST_MESSAGES * maxMessages);
  }

  /** Their size. */
  long maxBurstBytes() {
    return Math.min(Long.MAX_VALUE / 4, maxBytes) * BURST_BYTES;
  }

  /** Frames that may wait for one socket because the hub bounds them itself. */
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
