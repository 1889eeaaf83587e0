package io.github.webpubsubtestkit.internal.transport;

/** The cause of a WebSocket's end. */
public enum EndCause {
  /** Close frames were exchanged, or this side answered the peer's. */
  CLOSED,
  /** TCP ended or was reset by the peer without a close frame of its own. */
  LOST,
  /** {@link WebSocketConnection#abort()} was called on this side. */
  ABORTED,
  /** More was queued than the limits allow. */
  OVERFLOW,
  /** The peer did not answer this side's close frame in time. */
  CLOSE_TIMEOUT,
  /** An internal failure while the kit served this connection, for example a lack of memory. */
  FAILED,
  /** The loop was stopped. */
  STOPPED
}
