package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Answer;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The last word on a request, after all attempts.
 *
 * @param request what was asked
 * @param result what came of the last attempt
 * @param attempts how often it was asked; 0 if not at all
 */
record Reply(UpstreamRequest request, UpstreamResult result, int attempts) {

  /** The answer, if it has a status of success. */
  @Nullable HttpResponse success() {
    return result instanceof Answer answer && answer.response().status() / 100 == 2
        ? answer.response()
        : null;
  }

  /** The status of the answer, 0 if there is none. */
  int status() {
    return result instanceof Answer answer ? answer.response().status() : 0;
  }

  boolean bodyTooLarge() {
    return result instanceof Answer answer && answer.bodyTooLarge();
  }

  /** Whether the fake was closed meanwhile: then nobody is told anything. */
  boolean isClosed() {
    return result instanceof Failure failure && failure.kind() == Kind.CLOSED;
  }

  /** What came, for a line of the timeline: {@code POST http://… answered 500 (4 attempts)}. */
  String describe() {
    String often = attempts > 1 ? " (" + attempts + " attempts)" : "";
    if (result instanceof Failure failure) {
      return attempts == 0 ? failure.text() : request + ": " + failure.text() + often;
    }
    int status = status();
    String redirect = status / 100 == 3 ? ", and redirects are not followed" : "";
    return request + " answered " + status + redirect + often;
  }
}
