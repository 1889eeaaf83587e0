package io.github.webpubsubtestkit.internal.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
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

  private static final int MAX_SAID = 100;

  /** The host in the URLs of a test's own stubs. */
  private static final String STUB = "event-handler-stub";

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

  /**
   * What the application said with a status that is no success: {@code , saying "no such room"};
   * empty for all others, and for a stub that has nothing to say.
   */
  String said(Display display) {
    HttpResponse response = result.response();
    if (response == null || success() != null || response.status() / 100 == 3) {
      return "";
    }
    byte[] body = response.body();
    if (body.length == 0) {
      return STUB.equals(request.uri().getHost()) ? "" : ", saying nothing";
    }
    String type = response.headers().first("Content-Type").orElse("text/plain");
    return type.startsWith("text/") || type.contains("json")
        ? ", saying \"" + Secrets.cut(display.of(new String(body, UTF_8).strip()), MAX_SAID) + '"'
        : ", with a body of type " + Secrets.cut(type, MAX_SAID);
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
