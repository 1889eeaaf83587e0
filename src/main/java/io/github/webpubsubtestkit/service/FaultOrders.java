package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.MetFault;
import io.github.webpubsubtestkit.internal.hub.MetFault.Target;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one fake that can still be met, and what they hold back. Its lock guards the
 * faults, too; it is taken under the locks of hubs, so none of theirs may be taken under it.
 */
final class FaultOrders implements FaultOrder {

  private static final String PARTY = "fault";

  private final Supplier<Engine> engine;
  private final ObjectMapping mapping;

  // guarded by this
  private final Map<Fault<?>, Runnable> pending = new LinkedHashMap<>(); // with what takes it back
  private final Set<Fault<?>> unreported = new LinkedHashSet<>();
  private final Set<HeldCall> held = new LinkedHashSet<>();
  private boolean closed;
  private int planned;
  private @Nullable ClientFaultPlan plan; // made for the first fault that needs it
  private @Nullable Faults facade;

  /**
   * No faults.
   *
   * @param engine the engine of the fake, which changes when it is reset
   */
  FaultOrders(Supplier<Engine> engine, ObjectMapping mapping) {
    this.engine = engine;
    this.mapping = mapping;
  }

  /** What a test orders by, made for the first test that does; always the same. */
  synchronized Faults facade() {
    Faults made = facade;
    if (made == null) {
      made = new Faults(this);
      facade = made;
    }
    return made;
  }

  @Override
  public ObjectMapping mapping() {
    return mapping;
  }

  @Override
  public Duration now() {
    return engine.get().timeline().now();
  }

  Engine engine() {
    return engine.get();
  }

  void note(String text) {
    engine.get().timeline().record(PARTY, Direction.NOTE, text);
  }

  void checkPings() {
    if (engine.get().options().get(Setting.KEEP_ALIVE_INTERVAL).isZero()) {
      throw new IllegalStateException(
          "this fake sends no pings, so none can be lost: start it with a keepAliveInterval, by"
              + " builder().clients(c -> c.keepAliveInterval(ofSeconds(20)))");
    }
  }

  // ---- ordering

  <F extends Fault<F>> F begin(F fault) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the fake is closed, so nothing can meet a fault of it");
      }
      unreported.add(fault);
    }
    return fault;
  }

  @Override
  public void changed(Fault<?> fault) {
    if (fault.left() == 0) {
      takeBack(fault);
    } else if (fault.isComplete() && !pending.containsKey(fault)) {
      pending.put(fault, install(fault));
    }
  }

  @Override
  public void settle(Fault<?> fault) {
    if (fault instanceof ConnectionFault) {
      engine.get().hubs().meetFaults();
    }
  }

  /** Puts a fault in force; returns what takes it back. Called with the lock. */
  private Runnable install(Fault<?> fault) {
    Engine current = engine.get();
    if (fault instanceof HttpFault<?> http && !(fault instanceof EventFault)) {
      Interceptor ordered = new Ordered(http);
      current.dataPlane().add(ordered);
      return () -> current.dataPlane().remove(ordered);
    }
    if (planned++ == 0) {
      plan = plan == null ? new ClientFaultPlan(this) : plan;
      current.hubs().faults().follow(plan);
      current.upstream().faults(plan);
    }
    return () -> {
      if (--planned == 0) {
        current.hubs().faults().follow(null);
        current.upstream().faults(null);
      }
    };
  }

  /** Without effect on a fault that is not pending; called with the lock. */
  private void takeBack(Fault<?> fault) {
    Runnable installed = pending.remove(fault);
    if (installed != null) {
      installed.run();
    }
  }

  // ---- meeting

  /**
   * Lets the first fault of a kind be met for which something is.
   *
   * @param where a clause for the timeline, perhaps empty
   * @param target what a client's failure knows it by; null if it concerns no client
   */
  <F extends Fault<?>> @Nullable F meet(
      Class<F> kind, Predicate<F> isFor, String where, @Nullable Target target) {
    return meet(kind, isFor, where, target, none -> {});
  }

  /**
   * Does the same.
   *
   * @param then called with the fault before anybody can see that it was met
   */
  private <F extends Fault<?>> @Nullable F meet(
      Class<F> kind, Predicate<F> isFor, String where, @Nullable Target target, Consumer<F> then) {
    F found;
    String line;
    String order;
    boolean lasts;
    synchronized (this) {
      found =
          pending.keySet().stream()
              .filter(kind::isInstance)
              .map(kind::cast)
              .filter(isFor)
              .toList() // all of them are asked, as some count
              .stream()
              .findFirst()
              .orElse(null);
      if (found == null) {
        return null;
      }
      then.accept(found);
      line = found.meet();
      order = found.order();
      lasts = found.lasts();
      if (found.left() == 0) {
        takeBack(found);
        unreported.remove(found);
      }
    }
    if (target != null) {
      Engine current = engine.get();
      current.hubs().faults().met(new MetFault(current.timeline().now(), target, order, lasts));
    }
    note("fault: " + line + where);
    return found;
  }

  void forget(HeldCall call) {
    synchronized (this) {
      held.remove(call);
    }
  }

  /** A fault that stands between requests and their being carried out. */
  private final class Ordered implements Interceptor {

    private final HttpFault<?> fault;

    Ordered(HttpFault<?> fault) {
      this.fault = fault;
    }

    @Override
    public boolean intercept(RecordedOperation asked, InterceptedCall call) {
      HeldCall[] begun = new HeldCall[1];
      HttpFault<?> met =
          meet(
              HttpFault.class,
              each -> each == fault && fault.isFor(asked),
              "",
              asked.isHandshake() ? Target.of(asked, "") : null,
              each -> {
                begun[0] = HeldCall.of(FaultOrders.this, each, call);
                held.add(
                    begun[0]); // whoever sees the fault as met and takes it back finds the call
              });
      if (met == null) {
        return false;
      }
      begun[0].begin(met.heldFor());
      return true;
    }

    @Override
    public String toString() {
      return fault.toString();
    }
  }

  // ---- the end

  /** Takes back all faults, and releases what they hold back. */
  void clear() {
    Engine current = engine.get();
    takeBackAll().forEach(each -> current.loop().execute(each::release));
    current.releaseHeld();
  }

  /** Takes back all faults, and leaves to the engine how the calls end that are held back. */
  void reset() {
    takeBackAll().forEach(HeldCall::abandon);
    engine.get().releaseClients();
  }

  /** Takes back all faults, and returns the calls that they hold back. */
  private synchronized List<HeldCall> takeBackAll() {
    for (Fault<?> fault : List.copyOf(pending.keySet())) {
      takeBack(fault);
      fault.clear();
    }
    unreported.forEach(Fault::clear);
    unreported.clear();
    List<HeldCall> left = List.copyOf(held);
    held.clear();
    return left;
  }

  /**
   * Removes and returns the faults that a test has to be told of.
   *
   * @param seen what may have come near to them; asked without the lock, if there are any
   */
  List<UnmetFault> takeUnmet(Supplier<Seen> seen) {
    List<Fault<?>> told;
    synchronized (this) {
      told = unreported.stream().filter(Fault::mustBeTold).toList();
      unreported.clear();
    }
    if (told.isEmpty()) {
      return List.of();
    }
    Seen known = seen.get();
    synchronized (this) {
      return told.stream().flatMap(fault -> fault.unmet(known).stream()).toList();
    }
  }

  /** The faults that nobody has met or finished, a line each. */
  synchronized List<String> unmet() {
    Set<Fault<?>> all = new LinkedHashSet<>(pending.keySet());
    all.addAll(unreported);
    return all.stream()
        .filter(fault -> !fault.isCleared())
        .flatMap(fault -> fault.unmetLine().stream())
        .toList();
  }

  /** Says in the timeline what was never met. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    unmet().forEach(this::note);
    takeBackAll().forEach(HeldCall::abandon);
  }
}
