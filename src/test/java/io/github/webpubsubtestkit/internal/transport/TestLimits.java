package io.github.webpubsubtestkit.internal.transport;

import java.time.Duration;

/** The service's limits with one thing changed. */
final class TestLimits {

  private static final TransportLimits SERVICE = TransportLimits.ofService();

  private TestLimits() {}

  static TransportLimits maxMessageBytes(int bytes) {
    return of(
        SERVICE.maxHeadBytes(), SERVICE.maxBodyBytes(), bytes, 1_000, 16L << 20, 30_000, 5_000);
  }

  static TransportLimits queue(int frames, long bytes) {
    return of(32 << 10, 2 << 20, 1 << 20, frames, bytes, 30_000, 5_000);
  }

  static TransportLimits http(int maxHeadBytes, int maxBodyBytes) {
    return of(maxHeadBytes, maxBodyBytes, 1 << 20, 1_000, 16L << 20, 30_000, 5_000);
  }

  static TransportLimits timeouts(long requestMillis, long closeMillis) {
    return of(32 << 10, 2 << 20, 1 << 20, 1_000, 16L << 20, requestMillis, closeMillis);
  }

  static TransportLimits maxConnections(int connections) {
    return new TransportLimits(
        SERVICE.maxHeadBytes(),
        SERVICE.maxBodyBytes(),
        SERVICE.maxMessageBytes(),
        SERVICE.maxQueuedFrames(),
        SERVICE.maxQueuedBytes(),
        SERVICE.requestTimeout(),
        SERVICE.closeTimeout(),
        connections,
        Integer.MAX_VALUE,
        null);
  }

  private static TransportLimits of(
      int head, int body, int message, int frames, long bytes, long request, long close) {
    return new TransportLimits(
        head,
        body,
        message,
        frames,
        bytes,
        Duration.ofMillis(request),
        Duration.ofMillis(close),
        SERVICE.maxConnections(),
        Integer.MAX_VALUE,
        null);
  }
}
