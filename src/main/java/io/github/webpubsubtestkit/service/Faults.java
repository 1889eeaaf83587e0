package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
 * <p>A fault that no request meets, or that was begun and not finished, fails the test:
 * {@code @WebPubSubTest} and {@code WebPubSubExtension} check that for services that belong to one
 * test, and {@link FakeWebPubSub#assertNoFailures()} for all others. {@link RequestFault#lenient()}
 * makes an exception.
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
  private final Set<RequestFault> unreported = new LinkedHashSet<>(); // guarded by this
  private final Set<Held> held = new LinkedHashSet<>(); // guarded by this

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
   * @param pattern which requests; nothing is to be said of their outcome. Requests of connected
   *     clients meet no fault, nor does what the test itself sends, as by {@code
   *     service.sendToAll(..)}
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if no REST request can match the pattern, because it is one of
   *     clients, of handshakes or of outcomes, or contradicts itself; the message says what to do
   * @since 0.1
   */
  public RequestFault request(RequestPattern pattern) {
    notNull(pattern, "request", "pattern");
    FaultPatterns.checkRequest(pattern);
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
   * @throws IllegalArgumentException if no handshake can match the pattern; the message says what
   *     to do
   * @since 0.1
   */
  public RequestFault handshake(RequestPattern pattern) {
    notNull(pattern, "handshake", "pattern");
    FaultPatterns.checkHandshake(pattern);
    return fault(pattern);
  }

  private RequestFault fault(RequestPattern pattern) {
    RequestFault fault = new RequestFault(this, pattern.writtenBy(mapping));
    synchronized (this) {
      unreported.add(fault);
    }
    return fault;
  }

  /**
   * Takes back all faults that were not met, for example between the tests that share a fake. A
   * fault that was taken back cannot be changed any more: order a new one.
   *
   * <p>Requests that a fault holds back are released: a delayed one gets now what would come after
   * the delay, and the connection of one that hangs is reset.
   *
   * @since 0.1
   */
  public void clear() {
    Engine current = engine.get();
    takeBackAll().forEach(each -> current.loop().execute(each::release));
  }

  /** Takes back all faults, and leaves to others how the requests end that are held back. */
  void reset() {
    takeBackAll().forEach(Held::abandon);
  }

  /** Takes back all faults, and returns the requests that they hold back. */
  private synchronized List<Held> takeBackAll() {
    for (RequestFault fault : List.copyOf(pending.keySet())) {
      takeBack(fault);
      fault.clear();
    }
    unreported.forEach(RequestFault::clear);
    unreported.clear();
    List<Held> left = List.copyOf(held);
    held.clear();
    return left;
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
        effect = effectOn(call, fault.effect(), fault.heldFor());
        if (fault.left() == 0) {
          takeBack(fault);
          unreported.remove(fault);
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

  /** Does to a request what a fault says, now or later; called with the lock. */
  private Runnable effectOn(
      InterceptedCall call, RequestFault.Effect effect, @Nullable Duration wait) {
    Held holding = new Held(call, effect);
    if (wait == null) {
      return holding::end;
    }
    held.add(holding);
    return () -> holding.endAfter(wait);
  }

  /** A request that a fault holds back. */
  private final class Held {

    private final Engine asked = engine.get();
    private final InterceptedCall call;
    private final RequestFault.Effect effect;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Runnable hanging;

    Held(InterceptedCall call, RequestFault.Effect effect) {
      this.call = call;
      this.effect = effect;
    }

    void endAfter(Duration wait) {
      asked.timers().schedule(wait, this::end);
    }

    void end() {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      Runnable reset = effect.on(call);
      synchronized (Faults.this) {
        held.remove(this);
        if (reset != null) {
          hanging = reset;
          held.add(this);
        }
      }
    }

    /** Nothing happens to it any more. */
    void abandon() {
      over.set(true);
    }

    void release() {
      end();
      Runnable reset = hanging;
      if (reset != null) {
        hanging = null;
        synchronized (Faults.this) {
          held.remove(this);
        }
        asked
            .timeline()
            .record(PARTY, Direction.NOTE, "the connection of a request that hung is reset");
        reset.run();
      }
    }
  }

  /**
   * A fault that was not met, or not finished.
   *
   * @param headline says which
   * @param details further lines
   */
  record Unmet(String headline, List<String> details) {}

  /** Removes and returns the faults that a test has to be told of. */
  synchronized List<Unmet> takeUnmet() {
    List<Unmet> found = new ArrayList<>();
    for (RequestFault fault : unreported) {
      fault.unmet().ifPresent(found::add);
    }
    unreported.clear();
    return found;
  }

  /** The faults that nobody has met or finished, a line each. */
  synchronized List<String> unmet() {
    Set<RequestFault> all = new LinkedHashSet<>(pending.keySet());
    all.addAll(unreported);
    return all.stream()
        .filter(fault -> !fault.isCleared())
        .flatMap(fault -> fault.unmetLine().stream())
        .toList();
  }

  /** Says in the timeline what was never met, once no request can come any more. */
  void close() {
    unmet().forEach(line -> engine.get().timeline().record(PARTY, Direction.NOTE, line));
    reset();
  }
}
