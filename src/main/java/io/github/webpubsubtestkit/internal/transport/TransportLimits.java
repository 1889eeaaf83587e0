package io.github.webpubsubtestkit.internal.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one listening port or one client connection.
 *
 * @param maxHeadBytes a request or response head above is refused (431); default 32 KiB
 * @param maxBodyBytes an HTTP body above is not kept, see {@link HttpRequest#bodyTooLarge()};
 *     default 2 MiB
 * @param maxMessageBytes a WebSocket message above, all fragments together, is a violation (1009);
 *     default 1 MiB for the service
 * @param maxQueuedFrames frames waiting for a slow reader; default 1,000
 * @param maxQueuedBytes bytes waiting for a slow reader; default 16 MiB
 * @param requestTimeout from the first byte of a request to its last, and of a client handshake
 *     from connecting to the answer's end; also how long a slow reader may leave an answer lying
 *     before its next request is looked at; default 30 s; a kept-alive connection may idle without
 *     limit
 * @param closeTimeout how long to wait for the peer's close frame, and for a slow reader to take
 *     the last answer; default 5 s
 * @param maxConnections accepted sockets at a time, unfinished handshakes included; further ones
 *     are closed at once; default 16,384
 * @param maxFrameBytes a longer message is sent in fragments of that size; default {@link
 *     Integer#MAX_VALUE}: always one frame
 * @param overflowReason when too much waits for a slow reader: the reason with which it is closed
 *     (1008); default null: it is aborted
 */
public record TransportLimits(
    int maxHeadBytes,
    int maxBodyBytes,
    int maxMessageBytes,
    int maxQueuedFrames,
    long maxQueuedBytes,
    Duration requestTimeout,
    Duration closeTimeout,
    int maxConnections,
    int maxFrameBytes,
    @Nullable String overflowReason) {

  /** The defaults named above, those of the service. */
  public static TransportLimits ofService() {
    return new TransportLimits(
        32 * 1024,
        2 * 1024 * 1024,
        1024 * 1024,
        1_000,
        16L * 1024 * 1024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        16_384,
        Integer.MAX_VALUE,
        null);
  }

  /**
   * A test client takes and queues more than the service ever sends: messages of 32 MiB, 100,000
   * frames, 64 MiB.
   */
  public static TransportLimits ofClient() {
    return new TransportLimits(
        32 * 1024,
        2 * 1024 * 1024,
        32 * 1024 * 1024,
        100_000,
        64L * 1024 * 1024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        1,
        Integer.MAX_VALUE,
        null);
  }
}
