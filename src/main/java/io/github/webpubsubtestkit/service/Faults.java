package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Orders faults of a fake, so that a test sees how the application reacts.
 *
 * <pre>{@code
 * service.faults().request(sendToAll()).answer(503).times(2);
 * service.faults().request(anyRequest().inHub("chat")).answer(429).retryAfter(ofMillis(10));
 * service.faults().request(sendToUser("alice")).delay(ofSeconds(2));
 * service.faults().request(closeAllConnections()).drop();
 * service.faults().handshake(recover().fromUser("alice")).answer(502).times(2);
 * service.faults().handshake(anyHandshake()).hang();
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

  private final Supplier<Engine> engine;
  private final ObjectMapping mapping;
  private final Map<RequestFault, Interceptor> pending = new LinkedHashMap<>(); // guarded by this

  /**
   * No faults.
   *
   * @param engine the engine of the fake, which changes when it is reset
   */
  Faults(Supplier<Engine> engine, ObjectMapping mapping) {
    this.engine = engine;
    this.mapping = mapping;
  }

  /**
   * Begins a fault of REST requests.
   *
   * <p>A fault stands between the checks and the action: it is met by requests that the service
   * would look into. What is refused anyway, for its token, its parameters or its body, is refused
   * as always and uses up no fault: a test with a wrong access key fails with 401, not with the
   * fault. What is only found out then, as that a user has no connection, comes behind the fault.
   *
   * @param pattern which requests; nothing is to be said of their outcome. Requests of clients meet
   *     no fault
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if the pattern says an outcome, or is one of handshakes
   * @since 0.1
   */
  public RequestFault request(RequestPattern pattern) {
    notNull(pattern, "request", "pattern");
    if (pattern.isForHandshakes()) {
      throw new IllegalArgumentException("use faults().handshake(..) for " + pattern);
    }
    return fault(pattern);
  }

  /**
   * Begins a fault of the handshakes of clients, for tests of clients that connect again: those
   * that the application has, and those of the test.
   *
   * <p>Here, too, a fault is met only by what the service would accept: a handshake with a bad
   * token is answered 401 as always, and a recovery that is impossible is closed with 1008. It
   * stands before the {@code connect} event, so the application is not asked.
   *
   * <pre>{@code
   * service.faults().handshake(recover().fromUser("alice")).answer(502).times(2);
   * alice.dropConnection();
   * alice.recover();                                  // is refused with 502
   * }</pre>
   *
   * @param pattern {@link RequestPattern#connect()}, {@link RequestPattern#recover()} or {@link
   *     RequestPattern#anyHandshake()}, perhaps {@link RequestPattern#fromUser} and {@link
   *     RequestPattern#inHub}
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if the pattern says an outcome, or is none of handshakes
   * @since 0.1
   */
  public RequestFault handshake(RequestPattern pattern) {
    notNull(pattern, "handshake", "pattern");
    if (!pattern.isForHandshakes()) {
      throw new IllegalArgumentException(
          "only connect(), recover() and anyHandshake() describe handshakes, not " + pattern);
    }
    return fault(pattern);
  }

  private RequestFault fault(RequestPattern pattern) {
    if (pattern.saysOutcome()) {
      throw new IllegalArgumentException(
          "a fault is what decides the outcome, so its pattern must not say one: " + pattern);
    }
    return new RequestFault(this, pattern.writtenBy(mapping));
  }

  /**
   * Takes back all faults that were not met, for example between the tests that share a fake.
   * Requests that a fault already holds back stay with it. A fault that was taken back cannot be
   * changed any more: order a new one.
   *
   * @since 0.1
   */
  public synchronized void clear() {
    for (RequestFault fault : List.copyOf(pending.keySet())) {
      takeBack(fault);
      fault.clear();
    }
  }

  /** Something was said of a fault. */
  synchronized void changed(RequestFault fault) {
    if (fault.isCleared()) {
      throw new IllegalStateException(
          "this fault was taken back by clear(), order a new one: " + fault);
    }
    if (fault.left() == 0) {
      takeBack(fault);
    } else if (fault.isComplete() && !pending.containsKey(fault)) {
      Interceptor ordered = new Ordered(fault);
      pending.put(fault, ordered);
      engine.get().dataPlane().add(ordered);
    }
  }

  /** Without effect on a fault that is not pending; called with the lock. */
  private void takeBack(RequestFault fault) {
    Interceptor ordered = pending.remove(fault);
    if (ordered != null) {
      engine.get().dataPlane().remove(ordered);
    }
  }

  /** A fault that stands between requests and their being carried out. */
  private final class Ordered implements Interceptor {

    private final RequestFault fault;

    Ordered(RequestFault fault) {
      this.fault = fault;
    }

    @Override
    public boolean intercept(RecordedOperation asked, InterceptedCall call) {
      Runnable effect;
      String line;
      synchronized (Faults.this) {
        if (!pending.containsKey(fault) || !fault.isFor(asked)) {
          return false;
        }
        line = fault.meet();
        effect = fault.effectOn(call, engine.get().timers());
        if (fault.left() == 0) {
          takeBack(fault);
        }
      }
      engine.get().timeline().record(PARTY, Direction.NOTE, "fault: " + line);
      effect.run();
      return true;
    }

    @Override
    public String toString() {
      return fault.toString();
    }
  }

  /** The faults that nobody has met, a line each. */
  synchronized List<String> unmet() {
    return pending.keySet().stream().map(fault -> "fault not met: " + fault).toList();
  }

  /** Says in the timeline what was never met, once no request can come any more. */
  synchronized void close() {
    unmet().forEach(line -> engine.get().timeline().record(PARTY, Direction.NOTE, line));
    clear();
  }
}
