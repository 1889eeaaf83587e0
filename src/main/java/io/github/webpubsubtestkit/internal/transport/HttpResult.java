package io.github.webpubsubtestkit.internal.transport;

import java.util.function.Function;

/** The result of an {@link HttpCaller}'s request. */
public sealed interface HttpResult {

  /** Calls the function for this kind. */
  <R> R match(Function<Answered, R> answered, Function<Failed, R> failed);

  /**
   * A complete response with any status.
   *
   * @param bodyTooLarge true if its body exceeded the limit and was not kept
   */
  record Answered(HttpResponse response, boolean bodyTooLarge) implements HttpResult {

    @Override
    public <R> R match(Function<Answered, R> answered, Function<Failed, R> failed) {
      return answered.apply(this);
    }
  }

  /**
   * No response, or an incomplete one.
   *
   * @param detail a readable description, for example {@code 127.0.0.1:80: Connection refused}
   */
  record Failed(Kind kind, String detail) implements HttpResult {

    @Override
    public <R> R match(Function<Answered, R> answered, Function<Failed, R> failed) {
      return failed.apply(this);
    }
  }

  /** The kinds of failure. */
  enum Kind {
    /** The host is unknown, or none of its addresses accepts a connection. */
    CANNOT_CONNECT,
    /** TLS is impossible with that peer, for example because its certificate is not trusted. */
    NOT_TRUSTED,
    /** The connection ended before the head of a response was complete. */
    LOST,
    /** The response is not valid HTTP/1.1. */
    MALFORMED,
    /** The response ended before its announced body was complete. */
    INCOMPLETE,
    /** The loop was stopped. */
    STOPPED
  }
}
