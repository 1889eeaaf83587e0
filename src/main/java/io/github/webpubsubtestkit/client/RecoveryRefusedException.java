package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.UserFrames;

/**
 * Thrown if the service refused to recover a reliable client's connection: it accepted the socket
 * and then closed it with 1008 and {@code The connection could not be recovered.} Also thrown if
 * the connection was recovered and ended at once, for example by a fault.
 *
 * <p>Usually the connection had ended permanently: it was closed by either side, the time for a
 * recovery, 30 seconds, had passed, or too many messages were unacknowledged. Connect again to
 * continue. If a {@linkplain io.github.webpubsubtestkit.service.Faults fault} of the test did it,
 * the message names it and says whether another {@link PubSubClient#recover()} can succeed.
 *
 * @since 0.1
 */
public final class RecoveryRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The close frame. */
  private final transient CloseStatus closeStatus;

  RecoveryRefusedException(String message, CloseStatus closeStatus) {
    super(message);
    UserFrames.trim(this);
    this.closeStatus = closeStatus;
  }

  /**
   * Returns how the service closed the socket.
   *
   * @return the status, usually 1008 and {@code The connection could not be recovered.}
   * @since 0.1
   */
  public CloseStatus closeStatus() {
    return closeStatus;
  }
}
