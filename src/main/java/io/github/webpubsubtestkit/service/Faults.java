package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is to go wrong in a fake, so that a test sees how the application takes it.
 *
 * <pre>{@code
 * service.faults().request(sendToAll()).answer(503).times(2);
 * service.faults().request(anyRequest().inHub("chat")).answer(429).retryAfter(ofMillis(10));
 * }</pre>
 *
 * <p>If several are for the same request, it meets the one that was ordered first. A fault that was
 * met is a line of the timeline, and the request is in {@link FakeWebPubSub#requests()} with an
 * outcome like {@code 503 fault}. One that was ordered and not met is shown at the end of {@link
 * FakeWebPubSub#timeline()}.
 *
 * <p>May be used from any thread.
 *
 * @since 0.1
 */
public final class Faults {

  private static final String PARTY = "fault";

  private final Timeline timeline;
  private final Consumer<Function<Operation, Optional<HttpResponse>>> install;
  private final List<AnswerFault> pending = new ArrayList<>(); // guarded by this

  /**
   * No faults.
   *
   * @param install told whom to ask once there are any; requests cost nothing before
   */
  Faults(Timeline timeline, Consumer<Function<Operation, Optional<HttpResponse>>> install) {
    this.timeline = timeline;
    this.install = install;
  }

  /**
   * Begins to say what goes wrong with REST requests.
   *
   * <p>A fault stands between the checks and the action: it is met by requests that the service
   * would carry out. What is refused anyway, for its token, its parameters or its body, is refused
   * as always and uses up no fault. So a test with a wrong access key fails with 401, not with the
   * fault.
   *
   * @param pattern which requests; nothing is to be said of their outcome. Requests of clients meet
   *     no fault
   * @return the next step; nothing is ordered before its last method was called
   * @throws IllegalArgumentException if the pattern says an outcome
   * @since 0.1
   */
  public RequestFaults request(RequestPattern pattern) {
    requireNonNull(pattern, "pattern");
    if (pattern.saysOutcome()) {
      throw new IllegalArgumentException(
          "a fault is what decides the outcome, so its pattern must not say one: " + pattern);
    }
    return new RequestFaults(this, pattern);
  }

  /**
   * Takes back all faults that were not met, for example between the tests that share a fake.
   *
   * @since 0.1
   */
  public synchronized void clear() {
    pending.clear();
  }

  void order(AnswerFault fault) {
    synchronized (this) {
      pending.add(fault);
    }
    install.accept(this::answerTo);
  }

  /** The number of times has changed. */
  synchronized void changed(AnswerFault fault) {
    if (fault.left() == 0) {
      pending.remove(fault);
    } else if (!pending.contains(fault)) {
      pending.add(fault);
    }
  }

  /** The answer to a request that meets a fault. */
  private Optional<HttpResponse> answerTo(Operation operation) {
    AnswerFault met = null;
    String line = "";
    synchronized (this) {
      for (AnswerFault fault : pending) {
        if (fault.isFor(operation)) {
          met = fault;
          break;
        }
      }
      if (met == null) {
        return Optional.empty();
      }
      line = met.meet();
      if (met.left() == 0) {
        pending.remove(met);
      }
    }
    timeline.record(PARTY, Direction.NOTE, "fault: " + line);
    return Optional.of(met.response());
  }

  /** The faults that nobody has met, a line each. */
  synchronized List<String> unmet() {
    return pending.stream().map(fault -> "fault not met: " + fault).toList();
  }

  /** Says in the timeline what was never met. */
  void close() {
    unmet().forEach(line -> timeline.record(PARTY, Direction.NOTE, line));
    clear();
  }
}
