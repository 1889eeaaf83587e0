package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall.Answer;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault of something that is asked and answered over HTTP: a REST request, the handshake of a
 * client, or an event on its way to its handler.
 *
 * @param <F> the kind itself
 * @since 0.1
 */
public abstract class HttpFault<F extends HttpFault<F>> extends Fault<F> {

  private @Nullable End end; // this and the rest: guarded by orders
  private int status; // of an answer
  private @Nullable Content body;
  private @Nullable Duration delay;
  private List<Map.Entry<String, String>> headers = List.of();

  /** How a request ends that does not end as usual. */
  enum End {
    ANSWERED("a request that is answered "),
    DROPPED("a request that is dropped "),
    ANSWER_DROPPED("a request that is carried out "),
    UNANSWERED("a request that hangs "),
    CARRIED_OUT("a handshake that is accepted ");

    private final String subject;

    End(String subject) {
      this.subject = subject;
    }
  }

  HttpFault(FaultOrder orders) {
    super(orders);
  }

  /**
   * Answers with this status and an empty body, and does nothing of what is asked.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503);
   * app.broadcast("hi");                              // its SDK is refused once and tries again
   * assertThat(alice).receivesText("hi");             // passes
   * assertThat(service).hasReceivedRequest(sendToAll().withOutcome("503"));
   * service.faults().request(sendToAll()).answer(501);
   * app.broadcast("ho");                              // an SDK does not try again after 501
   * assertThat(alice).receivesText("ho");             // fails
   * }</pre>
   *
   * @param status 200 to 599; with a status of success the caller believes in what was not done
   * @return this fault
   * @throws IllegalArgumentException if {@code status} is out of that range
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public F answer(int status) {
    return answer(status, (Content) null, "answer(status)");
  }

  /**
   * Answers with this status and this body, and does nothing of what is asked.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(500, json("{\"code\": \"Internal\"}"));
   * assertThatThrownBy(() -> app.broadcast("hi")).hasMessageContaining("Internal");  // passes
   * service.faults().event("order").answer(200, text("no JSON")).header("Content-Type", "image/png");
   * alice.sendEvent("order", "42");   // AckFailedException: the service knows no such answer
   * }</pre>
   *
   * @param status 200 to 599
   * @param body a text, a JSON value or bytes, sent with the content type of that; {@link #header}
   *     replaces it
   * @return this fault
   * @throws IllegalArgumentException if {@code status} is out of that range, or 204 or 304, which
   *     have no body, or the body is a protobuf message
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public F answer(int status, Content body) {
    notNull(body, "answer", "body");
    return answer(status, body, "answer(status, body)");
  }

  private F answer(int status, @Nullable Content content, String method) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599 but is " + status);
    }
    if (content != null) {
      AnswerBody.check(status, content, method);
    }
    return endBy(
        End.ANSWERED,
        "gets no answer: ",
        () -> {
          this.status = status;
          this.body = content;
        });
  }

  /**
   * Makes it slow: a REST request or a handshake is held back for this time before anything else
   * happens to it; an event reaches its handler at once, and the answer takes at least as long.
   * Then it goes on as usual, unless this fault says something else, too.
   *
   * <p>The time is that of the fake: real time, until a test moves it with {@link TestClock}.
   * Meanwhile {@link FakeWebPubSub#requests()} does not show the request, and {@link
   * FakeWebPubSub#awaitIdle()} waits for it.
   *
   * <pre>{@code
   * RequestFault slow = service.faults().request(sendToAll()).delay(ofSeconds(30));
   * CompletableFuture<Void> sent = runAsync(() -> app.broadcast("hi"));
   * await().until(() -> slow.timesMet() == 1);                 // Awaitility
   * service.clock().advanceBy(ofSeconds(30));
   * assertThat(alice).receivesText("hi");                      // passes; before it fails
   * }</pre>
   *
   * @param delay more than zero
   * @return this fault
   * @throws IllegalArgumentException if {@code delay} is zero or negative
   * @since 0.1
   */
  public F delay(Duration delay) {
    notNull(delay, "delay", "delay");
    Effects.checkPositive(delay, "delay");
    return change(() -> this.delay = delay);
  }

  /**
   * Resets the connection instead of answering, and does nothing of what is asked.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).drop();
   * app.broadcast("hi");                              // its SDK sees an I/O error and tries again
   * assertThat(alice).receivesText("hi");             // passes
   * service.faults().request(sendToAll()).drop().times(100);
   * app.broadcast("ho");                              // its SDK gives up
   * assertThat(alice).receivesText("ho");             // fails
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public F drop() {
    return endBy(End.DROPPED, "is not dropped: ", () -> {});
  }

  /**
   * Never answers, and does nothing of what is asked: the connection stays open until the caller
   * gives up. {@link FakeWebPubSub#awaitIdle()} does not wait for a request or a handshake that
   * hangs; an event hangs until the service gives up (event-handlers 8).
   *
   * <pre>{@code
   * service.faults().handshake(connect()).hang();
   * app.start();                                      // its client gives up after its time-out
   * assertThat(service).receivesRequest(anyHandshake().withOutcome("unanswered"));
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public F hang() {
    return endBy(End.UNANSWERED, "is not answered or dropped: ", () -> {});
  }

  /**
   * Sets when the caller may try again: the header {@code Retry-After}, in seconds, rounded up. For
   * a part of a second there is also {@code retry-after-ms}, which SDKs of Azure prefer, so that a
   * test need not wait for a second.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(429).retryAfter(ofMillis(10));
   * }</pre>
   *
   * @param wait zero or more
   * @return this fault
   * @throws IllegalArgumentException if {@code wait} is negative
   * @throws IllegalStateException if this fault answers nothing
   * @since 0.1
   */
  public F retryAfter(Duration wait) {
    notNull(wait, "retryAfter", "wait");
    if (wait.isNegative()) {
      throw new IllegalArgumentException("retryAfter must not be negative but is " + wait);
    }
    synchronized (orders()) {
      headers =
          headers.stream()
              .filter(header -> !header.getKey().toLowerCase(Locale.ROOT).startsWith("retry-after"))
              .toList();
      F fault = header("Retry-After", String.valueOf(wait.plusNanos(999_999_999).toSeconds()));
      return wait.equals(Duration.ofSeconds(wait.toSeconds()))
          ? fault
          : header("retry-after-ms", String.valueOf(wait.plusNanos(999_999).toMillis()));
    }
  }

  /**
   * Adds a header to the answer, such as {@code Location} for a redirect.
   *
   * @param name the name, but not {@code Content-Length}, {@code Transfer-Encoding} or {@code
   *     Connection}, which follow from the rest
   * @param value the value, one line
   * @return this fault
   * @throws IllegalArgumentException if name or value would break the answer
   * @throws IllegalStateException if this fault answers nothing
   * @since 0.1
   */
  public F header(String name, String value) {
    notNull(name, "header", "name");
    notNull(value, "header", "value");
    if (!HttpHead.isToken(name)) {
      throw new IllegalArgumentException("not a name of a header: \"" + Secrets.mask(name) + "\"");
    }
    if (HttpHead.isAboutTransfer(name)) {
      throw new IllegalArgumentException(
          name + " follows from the answer and its connection: leave it out");
    }
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the value of a header must be printable ASCII but is \""
              + Secrets.header(name, value)
              + "\"");
    }
    return change(
        () -> {
          if (end != End.ANSWERED) {
            throw new IllegalStateException(
                "only an answer has headers: call answer(status) before");
          }
          List<Map.Entry<String, String>> more = new ArrayList<>(headers);
          more.add(Map.entry(name, value));
          headers = List.copyOf(more);
        });
  }

  /** Says how it ends, unless something else was said. */
  final F endBy(End wanted, String refusal, Runnable change) {
    return change(
        () -> {
          End known = end;
          if (known != null && (known != wanted || wanted == End.CARRIED_OUT)) {
            throw contradiction(known.subject + refusal);
          }
          end = wanted;
          change.run();
        });
  }

  // ---- called with the lock

  /** How it ends; null if as usual. */
  final @Nullable End end() {
    return end;
  }

  /** The answer instead of the usual one; null if there is none. */
  final @Nullable Answer answer() {
    return end == End.ANSWERED
        ? AnswerBody.answer(status, headers, body, orders().mapping())
        : null;
  }

  /** Returns whether a request or a handshake meets it. */
  boolean isFor(RecordedOperation operation) {
    return false;
  }

  /** How a request or a handshake that is carried out differs. */
  Deviation deviates() {
    return end == End.ANSWER_DROPPED ? Deviation.ANSWER_DROPPED : Deviation.NONE;
  }

  /** How long it is held back; null for not at all. */
  final @Nullable Duration heldFor() {
    return delay;
  }

  @Override
  final boolean isComplete() {
    return end != null || delay != null;
  }

  @Override
  final String order() {
    return describe() + " for " + choice();
  }

  @Override
  final String effect() {
    End known = end;
    String link =
        known == null
            ? afterDelay()
            : switch (known) {
              case ANSWERED, DROPPED, UNANSWERED -> " instead of ";
              case ANSWER_DROPPED -> " after ";
              case CARRIED_OUT -> " for ";
            };
    return describe() + link + choice();
  }

  /** What comes first, the delay or what it delays. */
  String afterDelay() {
    return " before ";
  }

  /** {@code 503}, {@code connection dropped}, {@code delay of 2 s}, {@code 503 after 2 s}, … */
  private String describe() {
    End known = end;
    String what =
        known == null
            ? ""
            : switch (known) {
              case ANSWERED -> String.valueOf(status);
              case DROPPED -> "connection dropped";
              case ANSWER_DROPPED -> "answer dropped";
              case UNANSWERED -> "no answer";
              case CARRIED_OUT -> deviation();
            };
    Duration wait = delay;
    if (wait == null) {
      return what;
    }
    String time = Times.describe(wait);
    return what.isEmpty() ? "delay of " + time : what + " after " + time;
  }

  /** What is different when it is carried out. */
  String deviation() {
    return "";
  }

  @Override
  String whatCame() {
    return "requests() has what came instead";
  }
}
