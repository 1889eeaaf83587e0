package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;

/**
 * A fault that is in force: requests are answered with a status instead of being carried out. Made
 * by {@link RequestFaults#answer}.
 *
 * <p>Its methods change it, so say all before the application makes its request.
 *
 * @since 0.1
 */
public final class AnswerFault {

  private final Faults faults;
  private final RequestPattern pattern;
  private final int status;
  private HttpHeaders headers = HttpHeaders.none(); // guarded by faults
  private int times = 1; // guarded by faults
  private int met; // guarded by faults

  AnswerFault(Faults faults, RequestPattern pattern, int status) {
    this.faults = faults;
    this.pattern = pattern;
    this.status = status;
  }

  /**
   * How many requests meet this fault. Default: one.
   *
   * @param times at least 1; those that have met it count
   * @return this fault
   * @throws IllegalArgumentException if {@code times} is less than 1
   * @since 0.1
   */
  public AnswerFault times(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1 but is " + times);
    }
    synchronized (faults) {
      this.times = times;
      faults.changed(this);
    }
    return this;
  }

  /**
   * When the caller may try again: the header {@code Retry-After}, in seconds, rounded up. For a
   * part of a second there is also {@code retry-after-ms}, which SDKs of Azure prefer, so that a
   * test need not wait for a second.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(429).retryAfter(ofMillis(10));
   * }</pre>
   *
   * @param wait zero or more
   * @return this fault
   * @throws IllegalArgumentException if {@code wait} is negative
   * @since 0.1
   */
  public AnswerFault retryAfter(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("retryAfter must not be negative but is " + wait);
    }
    long millis = wait.toMillis();
    header("Retry-After", String.valueOf((millis + 999) / 1000));
    return millis % 1000 == 0 ? this : header("retry-after-ms", String.valueOf(millis));
  }

  /**
   * A further header of the answer, such as {@code Location} for a redirect.
   *
   * @param name the name
   * @param value the value, one line
   * @return this fault
   * @throws IllegalArgumentException if name or value would break the answer
   * @since 0.1
   */
  public AnswerFault header(String name, String value) {
    requireNonNull(value, "value");
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
      headers = headers.with(name, value);
    }
    return this;
  }

  boolean isFor(Operation operation) {
    return pattern.matches(operation);
  }

  /** A request meets it; called with the lock. */
  String meet() {
    met++;
    return status + " instead of " + pattern + ", " + met + " of " + times;
  }

  /** How many requests have yet to meet it; called with the lock. */
  int left() {
    return Math.max(0, times - met);
  }

  HttpResponse response() {
    synchronized (faults) {
      return HttpResponse.of(status, headers);
    }
  }

  /** What it does, to whom and how often. */
  @Override
  public String toString() {
    synchronized (faults) {
      return status + " for " + pattern + ", met " + met + " of " + times + " times";
    }
  }
}
