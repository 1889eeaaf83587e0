package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the REST requests or the handshakes that a pattern describes; made by {@link
 * Faults#request} and {@link Faults#handshake}. A handshake is meant, too, where this says request.
 *
 * <p>It is in force as soon as {@link #answer}, {@link #delay}, {@link #drop} or {@link #hang} was
 * called, for one request unless {@link #times} says more. Its methods change it, so call all of
 * them before the application makes its request.
 *
 * <pre>{@code
 * service.faults().request(sendToAll()).answer(503).times(2);
 * service.faults().request(sendToAll()).delay(ofSeconds(2));                // then carried out
 * service.faults().request(sendToAll()).delay(ofSeconds(2)).answer(504);
 * service.faults().request(anyRequest().inHub("chat")).drop();
 * }</pre>
 *
 * @since 0.1
 */
public final class RequestFault {

  private final Faults faults;
  private final RequestPattern pattern;
  private @Nullable End end; // this and the rest: guarded by faults
  private int status; // of an answer
  private @Nullable Duration delay;
  private List<Map.Entry<String, String>> headers = List.of();
  private int times = 1;
  private int met;
  private boolean forEver;
  private boolean lenient;
  private boolean cleared;
  private final String orderedAt = UserFrames.caller();

  /** What happens to a request. */
  @FunctionalInterface
  interface Effect {

    /** Ends the request; returns what resets its connection if it hangs, else null. */
    @Nullable Runnable on(InterceptedCall call);
  }

  /** How a request ends that is not carried out. */
  private enum End {
    ANSWERED,
    DROPPED,
    UNANSWERED
  }

  RequestFault(Faults faults, RequestPattern pattern) {
    this.faults = faults;
    this.pattern = pattern;
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
   * @throws IllegalStateException if this fault drops the request or lets it hang
   * @since 0.1
   */
  public RequestFault answer(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599 but is " + status);
    }
    synchronized (faults) {
      endBy(End.ANSWERED, "a request that is dropped gets no answer: ");
      this.status = status;
    }
    return this;
  }

  /**
   * Holds the request back before anything else happens to it: then it is carried out, unless
   * {@link #answer} or {@link #drop} is called, too.
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
  public RequestFault delay(Duration delay) {
    notNull(delay, "delay", "delay");
    if (delay.isNegative() || delay.isZero()) {
      throw new IllegalArgumentException("delay must be more than zero but is " + delay);
    }
    synchronized (faults) {
      this.delay = delay;
      faults.changed(this);
    }
    return this;
  }

  /**
   * Resets the connection of the request instead of answering, and does nothing of what is asked.
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
   * @throws IllegalStateException if this fault answers the request or lets it hang
   * @since 0.1
   */
  public RequestFault drop() {
    return endBy(End.DROPPED, "a request that is answered is not dropped: ");
  }

  /**
   * Never answers, and does nothing of what is asked: the connection stays open until the caller
   * gives up. {@link FakeWebPubSub#awaitIdle()} does not wait for it.
   *
   * <pre>{@code
   * service.faults().handshake(connect()).hang();
   * app.start();                                      // its client gives up after its time-out
   * assertThat(service).receivesRequest(anyHandshake().withOutcome("unanswered"));
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault answers or drops the request
   * @since 0.1
   */
  public RequestFault hang() {
    return endBy(End.UNANSWERED, "a request that hangs is not answered or dropped: ");
  }

  private RequestFault endBy(End wanted, String refusal) {
    synchronized (faults) {
      if (end != null && end != wanted) {
        throw new IllegalStateException(refusal + this);
      }
      end = wanted;
      faults.changed(this);
    }
    return this;
  }

  /**
   * Sets how many requests meet this fault. Default: one.
   *
   * @param times at least 1; those that have met it count
   * @return this fault
   * @throws IllegalArgumentException if {@code times} is less than 1
   * @since 0.1
   */
  public RequestFault times(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1 but is " + times);
    }
    synchronized (faults) {
      this.times = times;
      forEver = false;
      faults.changed(this);
    }
    return this;
  }

  /**
   * Lets every request meet this fault from now on. It counts as met after the first.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503).always();
   * assertThatThrownBy(() -> app.broadcast("hi"));   // passes: its SDK gives up
   * }</pre>
   *
   * @return this fault
   * @since 0.1
   */
  public RequestFault always() {
    synchronized (faults) {
      forEver = true;
      faults.changed(this);
    }
    return this;
  }

  /**
   * Declares that requests may meet this fault or not: a test does not fail because it was not met,
   * or fewer times than ordered. Without it the test fails, see {@link Faults}.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503).times(100).lenient();
   * app.broadcast("hi");                              // tries five times: the test passes
   * }</pre>
   *
   * @return this fault
   * @since 0.1
   */
  public RequestFault lenient() {
    synchronized (faults) {
      lenient = true;
    }
    return this;
  }

  /**
   * Returns how many requests have met this fault so far, those that it still holds back included.
   *
   * @return zero or more
   * @since 0.1
   */
  public int timesMet() {
    synchronized (faults) {
      return met;
    }
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
  public RequestFault retryAfter(Duration wait) {
    notNull(wait, "retryAfter", "wait");
    if (wait.isNegative()) {
      throw new IllegalArgumentException("retryAfter must not be negative but is " + wait);
    }
    synchronized (faults) {
      headers =
          headers.stream()
              .filter(header -> !header.getKey().toLowerCase(Locale.ROOT).startsWith("retry-after"))
              .toList();
      header("Retry-After", String.valueOf(wait.plusNanos(999_999_999).toSeconds()));
      return wait.equals(Duration.ofSeconds(wait.toSeconds()))
          ? this
          : header("retry-after-ms", String.valueOf(wait.plusNanos(999_999).toMillis()));
    }
  }

  /**
   * Adds a header to the answer, such as {@code Location} for a redirect.
   *
   * @param name the name
   * @param value the value, one line
   * @return this fault
   * @throws IllegalArgumentException if name or value would break the answer
   * @throws IllegalStateException if this fault answers nothing
   * @since 0.1
   */
  public RequestFault header(String name, String value) {
    notNull(name, "header", "name");
    notNull(value, "header", "value");
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException("not a name of a header: \"" + Secrets.mask(name) + "\"");
    }
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the value of a header must be printable ASCII but is \""
              + Secrets.header(name, value)
              + "\"");
    }
    synchronized (faults) {
      if (end != End.ANSWERED) {
        throw new IllegalStateException("only an answer has headers: call answer(status) before");
      }
      List<Map.Entry<String, String>> more = new ArrayList<>(headers);
      more.add(Map.entry(name, value));
      headers = List.copyOf(more);
    }
    return this;
  }

  /** Returns whether its effect is known; called with the lock. */
  boolean isComplete() {
    return end != null || delay != null;
  }

  /** Takes the fault back for good; called with the lock. */
  void clear() {
    cleared = true;
  }

  /** Returns whether the fault was taken back; called with the lock. */
  boolean isCleared() {
    return cleared;
  }

  boolean isFor(RecordedOperation operation) {
    return pattern.matches(operation);
  }

  /**
   * A request meets it; called with the lock.
   *
   * @return what the timeline says of that
   */
  String meet() {
    met++;
    return describeEffect()
        + (end == null ? " before " : " instead of ")
        + pattern
        + ", "
        + (forEver ? "no. " + met : met + " of " + times);
  }

  /** The number of requests that have yet to meet it; called with the lock. */
  int left() {
    return forEver ? Integer.MAX_VALUE : Math.max(0, times - met);
  }

  /** What happens to a request that meets this fault now; called with the lock. */
  Effect effect() {
    int answered = status;
    List<Map.Entry<String, String>> lines = headers;
    End ending = end;
    return call -> {
      if (ending == null) {
        call.proceed();
      } else {
        switch (ending) {
          case ANSWERED -> call.answer(answered, lines);
          case DROPPED -> call.drop();
          case UNANSWERED -> {
            return call.hang();
          }
        }
      }
      return null;
    };
  }

  /** How long a request is held back; null for not at all. Called with the lock. */
  @Nullable Duration heldFor() {
    return delay;
  }

  /** What a test is to be told of, if anything; called with the lock. */
  Optional<Faults.Unmet> unmet() {
    return lenient ? Optional.empty() : unmetLine().map(line -> new Faults.Unmet(line, advice()));
  }

  /** The line of the timeline; called with the lock. */
  Optional<String> unmetLine() {
    if (!isComplete()) {
      return Optional.of("fault not finished: " + pattern);
    }
    boolean enough = forEver ? met > 0 : met >= times;
    return enough ? Optional.empty() : Optional.of("fault not met: " + this);
  }

  private List<String> advice() {
    List<String> lines = new ArrayList<>();
    if (!orderedAt.isEmpty()) {
      lines.add("ordered at " + orderedAt);
    }
    lines.add(
        isComplete()
            ? "requests() has what came instead; if it may come or not: lenient()"
            : "it has no effect: call answer(status), delay(time), drop() or hang()");
    return lines;
  }

  /** {@code 503}, {@code connection dropped}, {@code delay of 2 s}, {@code 503 after 2 s}, … */
  private String describeEffect() {
    String what =
        end == null
            ? ""
            : switch (end) {
              case ANSWERED -> String.valueOf(status);
              case DROPPED -> "connection dropped";
              case UNANSWERED -> "no answer";
            };
    if (delay == null) {
      return what;
    }
    String wait = Times.describe(delay);
    return what.isEmpty() ? "delay of " + wait : what + " after " + wait;
  }

  /** The effect, the pattern and the counts. */
  @Override
  public String toString() {
    synchronized (faults) {
      return describeEffect()
          + " for "
          + pattern
          + ", met "
          + met
          + (forEver ? " times, ordered for all" : " of " + times + " times");
    }
  }
}
