package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpResponse;

/** What came of one request. */
public sealed interface UpstreamResult {

  /**
   * The application answered, whatever it says.
   *
   * @param response the answer; its body is empty if that was too large
   * @param bodyTooLarge the body is larger than 16 MiB and was not kept
   */
  record Answer(HttpResponse response, boolean bodyTooLarge) implements UpstreamResult {}

  /**
   * There is no usable answer.
   *
   * @param kind what that means
   * @param text why, without the URL, for example {@code 127.0.0.1:7071: Connection refused}
   */
  record Failure(Kind kind, String text) implements UpstreamResult {}

  /** The kinds of failure (event-handlers 8). */
  enum Kind {
    /** No connection, or it broke before an answer, or what came is no HTTP: tried again. */
    NETWORK,
    /**
     * An answer began and was not completed: the application has done its work; not tried again.
     */
    BROKEN_ANSWER,
    /** No answer in time: not tried again. */
    TIMEOUT,
    /** The request cannot be sent, now or ever: not tried again. */
    LOCAL,
    /** The fake was closed: nobody is interested any more. */
    CLOSED
  }
}
