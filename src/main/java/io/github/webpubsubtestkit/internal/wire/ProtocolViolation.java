package io.github.webpubsubtestkit.internal.wire;

/** A client message that the service answers with a close (client-protocols E.1, G.1, I.3). */
public final class ProtocolViolation extends Exception {

  private static final long serialVersionUID = 1L;

  private final int closeCode;
  private final String detail;

  /**
   * A violation.
   *
   * @param closeCode the status code of the close frame
   * @param closeReason the reason of the close frame
   * @param detail the error, for the timeline; never sent
   */
  public ProtocolViolation(int closeCode, String closeReason, String detail) {
    super(closeReason, null, false, false);
    this.closeCode = closeCode;
    this.detail = detail;
  }

  /** The status code of the close frame. */
  public int closeCode() {
    return closeCode;
  }

  /** The reason of the close frame. */
  public String closeReason() {
    return String.valueOf(getMessage());
  }

  /** The exact error. */
  public String detail() {
    return detail;
  }
}
