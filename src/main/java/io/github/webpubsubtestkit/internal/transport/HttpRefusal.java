package io.github.webpubsubtestkit.internal.transport;

/** Invalid or unsupported HTTP of the peer; the connection ends after this. */
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

  /** The status to answer. */
  int status() {
    return status;
  }

  /** The error. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
