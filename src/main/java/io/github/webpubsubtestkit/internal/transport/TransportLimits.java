package io.github.webpubsubtestkit.internal.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one listening port or one client connection.
 *
 * @param maxHeadBytes the maximum size of a request or response head, a larger one is rejected
 *     (431); default 32 KiB
 * @param maxBodyBytes the maximum size of an HTTP body, a larger one is not kept, see {@link
 *     HttpRequest#bodyTooLarge()}; default 2 MiB
 * @param maxMessageBytes the maximum size of a WebSocket message with all its fragments, a larger
 *     one is a violation (1009); default 1 MiB for the service
 * @param maxQueuedFrames the maximum number of frames waiting for a slow reader; default 1,000
 * @param maxQueuedBytes the maximum number of bytes waiting for a slow reader; default 16 MiB
 * @param requestTimeout from the first byte of a request to its last, and of a client handshake
 *     from connecting to the answer's end; also the time a slow reader has for a response before
 *     its next request is processed; default 30 s; a kept-alive connection may idle without limit
 * @param closeTimeout the maximum wait for the peer's close frame, and for a slow reader to read
 *     the last response; default 5 s
 * @param maxConnections accepted sockets at a time, unfinished handshakes included; further ones
 *     are closed at once; default 16,384
 * @param maxFrameBytes a longer message is sent in fragments of that size; default {@link
 *     Integer#MAX_VALUE}: always one frame
 * @param overflowReason the reason with which a slow reader is closed (1008) when too much waits
 *     for it; default null: it is aborted
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
   * The limits of a test client, which accepts and queues more than the service ever sends:
   * messages of 32 MiB, 100,000 frames, 64 MiB.
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
