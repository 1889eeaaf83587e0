package io.github.webpubsubtestkit.internal.transport;

/** What came of an {@link HttpCaller}'s request. */
public sealed interface HttpResult {

  /**
   * A complete answer, whatever its status.
   *
   * @param bodyTooLarge its body is larger than allowed and was not kept
   */
  record Answered(HttpResponse response, boolean bodyTooLarge) implements HttpResult {}

  /**
   * No answer, or none that is complete.
   *
   * @param detail for a reader, for example {@code 127.0.0.1:80: Connection refused}
   */
  record Failed(Kind kind, String detail) implements HttpResult {}

  /** The ways to fail. */
  enum Kind {
    /** The host is unknown, or none of its addresses takes a connection. */
    CANNOT_CONNECT,
    /** The connection ended before the head of an answer was complete. */
    LOST,
    /** What came is no HTTP/1.1. */
    MALFORMED,
    /** A head came, and then not the body that it announced. */
    INCOMPLETE,
    /** The loop was stopped. */
    STOPPED
  }
}
