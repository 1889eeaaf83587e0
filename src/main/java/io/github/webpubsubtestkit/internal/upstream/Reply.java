package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpResponse;
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
    HttpResponse response = result.response();
    return response != null && response.status() / 100 == 2 ? response : null;
  }

  /** The status of the answer, 0 if there is none. */
  int status() {
    HttpResponse response = result.response();
    return response == null ? 0 : response.status();
  }

  boolean bodyTooLarge() {
    return result.bodyTooLarge();
  }

  /**
   * Whether the fake was closed meanwhile, or the client has gone: then nobody is told anything.
   */
  boolean isClosed() {
    return result.isClosed();
  }

  /** The response, for a line of the timeline: {@code POST http://… answered 500 (4 attempts)}. */
  String describe() {
    String often = attempts > 1 ? " (" + attempts + " attempts)" : "";
    String failure = result.failure();
    if (failure != null) {
      return attempts == 0 ? failure : request + ": " + failure + often;
    }
    int status = status();
    String redirect = status / 100 == 3 ? ", and redirects are not followed" : "";
    return request + " answered " + status + redirect + often;
  }
}
