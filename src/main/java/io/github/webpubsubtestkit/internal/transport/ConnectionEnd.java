package io.github.webpubsubtestkit.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * The end of a WebSocket.
 *
 * @param cause the cause
 * @param code the code of the close frame that the peer sent (1005: without one), 1006 if the peer
 *     sent none
 * @param reason the reason in the peer's close frame, else empty; for {@link EndCause#FAILED} what
 *     failed
 * @param failure what failed inside the kit, whichever way the socket then ended; null for nothing
 */
public record ConnectionEnd(EndCause cause, int code, String reason, @Nullable Throwable failure) {

  /** Nothing inside the kit failed. */
  public ConnectionEnd(EndCause cause, int code, String reason) {
    this(cause, code, reason, null);
  }
}
