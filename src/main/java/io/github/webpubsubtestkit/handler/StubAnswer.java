package io.github.webpubsubtestkit.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.expect.JsonValue;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a stub, and its time.
 *
 * @param kind whether there is an answer at all
 * @param status of the answer
 * @param headers of the answer, without the body's type
 * @param contentType of the body, null for none
 * @param body perhaps empty
 * @param json still to be written by the fake's mapper, null for nothing
 * @param delay by the clock of the fake
 * @param signal what has to happen first, null for nothing
 */
record StubAnswer(
    Kind kind,
    int status,
    HttpHeaders headers,
    @Nullable String contentType,
    byte[] body,
    @Nullable Object json,
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
        Kind.ANSWER, status, HttpHeaders.none(), null, EMPTY, null, Duration.ZERO, null);
  }

  static StubAnswer nothing() {
    return new StubAnswer(
        Kind.NOTHING, 0, HttpHeaders.none(), null, EMPTY, null, Duration.ZERO, null);
  }

  static StubAnswer reset() {
    return new StubAnswer(
        Kind.RESET, 0, HttpHeaders.none(), null, EMPTY, null, Duration.ZERO, null);
  }

  static int checkedFailure(int status) {
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException(
          "the status of a rejection must be 300 to 599 but is " + status);
    }
    return status;
  }

  StubAnswer body(@Nullable String type, byte[] content) {
    return new StubAnswer(kind, status, headers, type, content, null, delay, signal);
  }

  /** A body of JSON; an object is written when it is known by which mapper. */
  StubAnswer json(@Nullable Object value) {
    return value == null || value instanceof String
        ? body(JsonValue.of(value, ObjectMapping.ofClassPath()))
        : new StubAnswer(kind, status, headers, contentType, body, value, delay, signal);
  }

  /** With its JSON, if it is to have some, written. */
  StubAnswer writtenBy(ObjectMapping mapping) {
    return json == null ? this : body(JsonValue.of(json, mapping));
  }

  private StubAnswer body(JsonValue value) {
    return body("application/json; charset=utf-8", value.text().getBytes(UTF_8));
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
        kind, status, headers.with(name, value), contentType, body, json, delay, signal);
  }

  StubAnswer after(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a delay must not be negative but is " + time);
    }
    return new StubAnswer(kind, status, headers, contentType, body, json, time, signal);
  }

  StubAnswer onceDone(CompletionStage<?> happened) {
    return new StubAnswer(
        kind, status, headers, contentType, body, json, delay, requireNonNull(happened, "signal"));
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
