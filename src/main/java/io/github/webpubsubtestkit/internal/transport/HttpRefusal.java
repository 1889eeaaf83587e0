package io.github.webpubsubtestkit.internal.transport;

/** Invalid or unsupported HTTP of the peer; the connection ends after this. */
final class HttpRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final boolean ofTls;

  HttpRefusal(int status, String detail) {
    this(status, detail, false);
  }

  private HttpRefusal(int status, String detail, boolean ofTls) {
    super(detail, null, false, false);
    this.status = status;
    this.ofTls = ofTls;
  }

  /** A client that begins a TLS handshake. */
  static HttpRefusal tls() {
    return new HttpRefusal(
        400,
        "the client began a TLS handshake, but this port speaks plain HTTP: it must use http:// or"
            + " ws://, or the fake must be started with https",
        true);
  }

  /** A head or body that breaks the rules of RFC 9112. */
  static HttpRefusal malformed(String detail) {
    return new HttpRefusal(400, detail);
  }

  /** The status to answer. */
  int status() {
    return status;
  }

  /** Returns whether the client speaks TLS. */
  boolean isOfTls() {
    return ofTls;
  }

  /** The error. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
