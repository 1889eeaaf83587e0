package io.github.webpubsubtestkit.internal.transport;

import java.util.function.Function;

/** What came of an {@link HttpCaller}'s request. */
public sealed interface HttpResult {

  /** Calls the function for this kind. */
  <R> R match(Function<Answered, R> answered, Function<Failed, R> failed);

  /**
   * A complete answer, whatever its status.
   *
   * @param bodyTooLarge its body is larger than allowed and was not kept
   */
  record Answered(HttpResponse response, boolean bodyTooLarge) implements HttpResult {

    @Override
    public <R> R match(Function<Answered, R> answered, Function<Failed, R> failed) {
      return answered.apply(this);
    }
  }

  /**
   * No answer, or none that is complete.
   *
   * @param detail for a reader, for example {@code 127.0.0.1:80: Connection refused}
   */
  record Failed(Kind kind, String detail) implements HttpResult {

    @Override
    public <R> R match(Function<Answered, R> answered, Function<Failed, R> failed) {
      return failed.apply(this);
    }
  }

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
