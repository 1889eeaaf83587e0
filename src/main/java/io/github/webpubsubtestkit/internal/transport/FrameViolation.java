package io.github.webpubsubtestkit.internal.transport;

/** A violation of the WebSocket protocol by the peer. */
final class FrameViolation extends Exception {

  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_TEXT = 1007;
  static final int TOO_LARGE = 1009;

  private static final long serialVersionUID = 1;

  private final int code;

  FrameViolation(int code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  /** The close code. */
  int code() {
    return code;
  }

  /** The violation. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
