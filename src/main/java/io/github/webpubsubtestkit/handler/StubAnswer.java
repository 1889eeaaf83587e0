package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a stand-in for the application answers, and when.
 *
 * @param kind whether there is an answer at all
 * @param status of the answer
 * @param headers of the answer, without the body's type
 * @param contentType of the body, null for none
 * @param body perhaps empty
 * @param delay by the clock of the fake
 * @param signal what has to happen first, null for nothing
 */
record StubAnswer(
    Kind kind,
    int status,
    HttpHeaders headers,
    @Nullable String contentType,
    byte[] body,
    Duration delay,
    @Nullable CompletionStage<?> signal) {

  /** Whether there is an answer at all. */
  enum Kind {
    ANSWER,
    /** The application hangs. */
    NOTHING,
    /** The application breaks the connection. */
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
          "the status of a refusal must be 300 to 599 but is " + status);
    }
    return status;
  }

  StubAnswer body(@Nullable String type, byte[] content) {
    return new StubAnswer(kind, status, headers, type, content, delay, signal);
  }

  StubAnswer header(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':')) {
      throw new IllegalArgumentException("\"" + Secrets.mask(name) + "\" is no name of a header");
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
    return new StubAnswer(kind, status, headers, contentType, body, delay, happened);
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
