package io.github.webpubsubtestkit.internal.transport;

/** The peer's HTTP cannot be understood or is not supported; the connection ends after this. */
final class HttpRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  HttpRefusal(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /** A head or body that breaks the rules of RFC 9112. */
  static HttpRefusal malformed(String detail) {
    return new HttpRefusal(400, detail);
  }

  /** What to answer. */
  int status() {
    return status;
  }

  /** What was wrong. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
