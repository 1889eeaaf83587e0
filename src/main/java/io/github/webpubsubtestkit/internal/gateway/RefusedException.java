package io.github.webpubsubtestkit.internal.gateway;

/** A handshake that is answered with something else than 101 (client-protocols A.3). */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  /** A rejection whose body is sent to the client and is also the reason. */
  RefusedException(int status, String body) {
    this(status, body, body);
  }

  /** A rejection with a reason for the timeline that the client does not see. */
  RefusedException(int status, String body, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  String body() {
    return body;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
