package io.github.webpubsubtestkit.handler;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a stub, and its time.
 *
 * @param kind the kind of answer
 * @param status the status of the response
 * @param headers the headers of the response, without the body's type
 * @param contentType the type of the body; null for none
 * @param body the body; may be empty
 * @param delay the delay, by the clock of the fake
 * @param signal the signal to wait for; null for none
 */
record StubAnswer(
    Kind kind,
    int status,
    HttpHeaders headers,
    @Nullable String contentType,
    byte[] body,
    Duration delay,
    @Nullable CompletionStage<?> signal) {

  /** The kind of answer, if any. */
  enum Kind {
    ANSWER,
    /** No answer, like a hanging application. */
    NOTHING,
    /** A broken connection. */
    RESET
  }

  private static final byte[] EMPTY = {};

  static StubAnswer of(int status) {
    return new StubAnswer(
        Kind.ANSWER, status, HttpHeaders.none(), null, EMPTY, Duration.ZERO, null);
  }

  static StubAnswer nothing() {
    return new StubAnswer(Kind.NOTHING, 0, HttpHeaders.none(), null, EMPTY, Duration.ZERO, null);
  }

  static StubAnswer reset() {
    return new StubAnswer(Kind.RESET, 0, HttpHeaders.none(), null, EMPTY, Duration.ZERO, null);
  }

  static int checkedFailure(int status) {
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException(
          "the status of a rejection must be 300 to 599 but is " + status);
    }
    return status;
  }

  StubAnswer body(@Nullable String type, byte[] content) {
    return new StubAnswer(kind, status, headers, type, content, delay, signal);
  }

  StubAnswer header(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':')) {
      throw new IllegalArgumentException(
          "\"" + Secrets.mask(name) + "\" is not a valid header name");
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "the value of header "
              + name
              + " must be visible ASCII but is \""
              + Secrets.header(name, value)
              + "\"");
    }
    return new StubAnswer(
        kind, status, headers.with(name, value), contentType, body, delay, signal);
  }

  StubAnswer after(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a delay must not be negative but is " + time);
    }
    return new StubAnswer(kind, status, headers, contentType, body, time, signal);
  }

  StubAnswer when(CompletionStage<?> happened) {
    return new StubAnswer(
        kind, status, headers, contentType, body, delay, requireNonNull(happened, "signal"));
  }

  HttpResponse response() {
    return new HttpResponse(
        status, contentType == null ? headers : headers.with("Content-Type", contentType), body);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ANSWER -> String.valueOf(status);
      case NOTHING -> "no answer";
      case RESET -> "connection broken";
    };
  }
}
