package io.github.webpubsubtestkit.internal.transport;

/**
 * The end of a WebSocket.
 *
 * @param cause the cause
 * @param code the code of the close frame that the peer sent (1005: without one), 1006 if the peer
 *     sent none
 * @param reason the reason in the peer's close frame, else empty; for {@link EndCause#FAILED} the
 *     failure
 */
public record ConnectionEnd(EndCause cause, int code, String reason) {}
