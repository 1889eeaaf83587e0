package io.github.webpubsubtestkit.client;

/**
 * The service did not give a reliable client its connection back: it accepted the socket and then
 * closed it, with 1008 and {@code The connection could not be recovered.}
 *
 * <p>The connection had ended for good: it was closed, by either side; the time for a recovery, 30
 * seconds, was over; or too much had been left unacknowledged. The way on is to connect again.
 *
 * @since 0.1
 */
public final class RecoveryRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The close frame. */
  private final transient CloseStatus closeStatus;

  RecoveryRefusedException(String message, CloseStatus closeStatus) {
    super(message);
    this.closeStatus = closeStatus;
  }

  /**
   * How the service closed the socket.
   *
   * @return usually 1008 and {@code The connection could not be recovered.}
   * @since 0.1
   */
  public CloseStatus closeStatus() {
    return closeStatus;
  }
}
