package io.github.webpubsubtestkit.internal.transport;

/** The limit of the output waiting for one peer. Guarded by its endpoint's lock. */
final class OutgoingLimit {

  private final Endpoint endpoint;
  private long maxFrames;
  private long maxBytes;

  OutgoingLimit(Endpoint endpoint, TransportLimits limits) {
    this.endpoint = endpoint;
    maxFrames = limits.maxQueuedFrames();
    maxBytes = limits.maxQueuedBytes();
  }

  void raise(int frames, long bytes) {
    maxFrames += frames;
    maxBytes += bytes;
  }

  /**
   * Returns whether it is exceeded even after a write: a burst within one turn of the loop does not
   * mean a slow reader.
   */
  boolean isPassed() {
    if (!endpoint.holdsMoreThan(maxFrames, maxBytes) || endpoint.isHeld()) {
      return false;
    }
    endpoint.pushNow();
    return endpoint.holdsMoreThan(maxFrames, maxBytes);
  }
}
