package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fault that a test has ordered, of any kind: how often it is met, and whether it must be. {@link
 * Faults} begins them; what goes wrong is said by the methods of each kind.
 *
 * <p>A fault is in force as soon as it was told what goes wrong, once unless {@link #times} or
 * {@link #always} says more. The methods change the fault and return it, so call all of them before
 * the application does what is to meet it. May be used from any thread.
 *
 * @param <F> the kind itself
 * @since 0.1
 */
public abstract class Fault<F extends Fault<F>> {

  /** Why something did not meet a fault that could have. */
  static final String ANOTHER_MET = "it met another fault, ordered before";

  private final FaultOrder orders;
  private final String orderedAt = UserFrames.caller();
  private final Duration since;
  private int times = 1; // this and the rest: guarded by orders
  private int met;
  private boolean forEver;
  private boolean lenient;
  private boolean cleared;

  Fault(FaultOrder orders) {
    this.orders = orders;
    this.since = orders.now();
  }

  /**
   * Sets how many times this fault is met. Default: once.
   *
   * @param times at least 1; those that have met it count
   * @return this fault
   * @throws IllegalArgumentException if {@code times} is less than 1, or than it was met already
   * @throws IllegalStateException if the fault was taken back
   * @since 0.1
   */
  public F times(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1 but is " + times);
    }
    return change(
        () -> {
          if (times < met) {
            throw new IllegalArgumentException(
                "times must be at least "
                    + met
                    + ", as it was met as often already, but is "
                    + times
                    + ": order another fault for what comes now");
          }
          this.times = times;
          forEver = false;
        });
  }

  /**
   * Lets everything that the fault is for meet it from now on. It counts as met after the first.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503).always();
   * assertThatThrownBy(() -> app.broadcast("hi"));   // passes: its SDK gives up
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if the fault was taken back
   * @since 0.1
   */
  public F always() {
    return change(() -> forEver = true);
  }

  /**
   * Declares that this fault may be met or not: a test does not fail because it was not met, or
   * fewer times than ordered. Without it the test fails, see {@link Faults}. A fault without an
   * effect fails the test in any case, as nothing can meet it.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503).times(100).lenient();
   * app.broadcast("hi");                              // tries four times: the test passes
   * }</pre>
   *
   * @return this fault
   * @since 0.1
   */
  public F lenient() {
    synchronized (orders) {
      lenient = true;
    }
    return self();
  }

  /**
   * Returns how many times this fault was met so far; what it still holds back is included.
   *
   * @return zero or more
   * @since 0.1
   */
  public int timesMet() {
    synchronized (orders) {
      return met;
    }
  }

  /** What goes wrong, for what, and how many times it was met. */
  @Override
  public String toString() {
    synchronized (orders) {
      return isComplete()
          ? order() + ", met " + met + (forEver ? " times, ordered for all" : " of " + times())
          : choice() + ", without an effect";
    }
  }

  private String times() {
    return times + " times";
  }

  @SuppressWarnings("unchecked") // the declaration of the type demands it
  private F self() {
    return (F) this;
  }

  /** Changes what was said of this fault. */
  final F change(Runnable change) {
    synchronized (orders) {
      if (cleared) {
        throw new IllegalStateException(
            "this fault was taken back, by clear(), reset() or close(): order a new one. It was: "
                + this);
      }
      change.run();
      orders.changed(this);
    }
    orders.settle(this);
    return self();
  }

  /** Refuses what was said of a fault that says something else already. */
  final IllegalStateException contradiction(String refusal) {
    return new IllegalStateException(refusal + this);
  }

  /** The orders of the same fake; also the lock of this. */
  final FaultOrder orders() {
    return orders;
  }

  // ---- of each kind; called with the lock

  /** Returns whether its effect is known. */
  abstract boolean isComplete();

  /** The whole order, once it is complete: {@code 503 for sendToAll()}. */
  abstract String order();

  /** The effect on what meets it: {@code 503 instead of sendToAll()}. */
  abstract String effect();

  /** Returns whether it holds something back, from the moment it is met until it is taken back. */
  boolean lasts() {
    return false;
  }

  /** What it is for: {@code sendToAll()}. */
  abstract String choice();

  /** The methods that would make it complete. */
  abstract String effects();

  /**
   * What came nearest to it, as a line; empty if nothing is worth telling. Asked only if nothing
   * has met it.
   *
   * @param since when it was ordered
   */
  abstract Optional<String> nearest(Seen seen, Duration since);

  /** Where to look for what came instead. */
  String whatCame() {
    return "timeline() has what came instead";
  }

  // ---- called with the lock

  /** Takes the fault back for good. */
  final void clear() {
    cleared = true;
  }

  /** Returns whether the fault was taken back. */
  final boolean isCleared() {
    return cleared;
  }

  /**
   * Something meets it.
   *
   * @return what the timeline says of that
   */
  final String meet() {
    met++;
    return effect() + ", " + (forEver ? "no. " + met : met + " of " + times);
  }

  /** The number of times it can still be met. */
  final int left() {
    return forEver ? Integer.MAX_VALUE : Math.max(0, times - met);
  }

  /** What a test is to be told of, if anything. */
  final Optional<UnmetFault> unmet(Seen seen) {
    return mustBeTold()
        ? unmetLine().map(line -> new UnmetFault(line, advice(seen)))
        : Optional.empty();
  }

  /** Returns whether a test is to be told of it. */
  final boolean mustBeTold() {
    return !(lenient && isComplete()) && unmetLine().isPresent();
  }

  /** The line of the timeline. */
  final Optional<String> unmetLine() {
    if (!isComplete()) {
      return Optional.of("fault not finished: " + choice());
    }
    boolean enough = forEver ? met > 0 : met >= times;
    return enough ? Optional.empty() : Optional.of("fault not met: " + this);
  }

  private List<String> advice(Seen seen) {
    List<String> lines = new ArrayList<>();
    if (isComplete() && met == 0) {
      nearest(seen, since).map(Secrets::mask).ifPresent(lines::add);
    }
    if (!orderedAt.isEmpty()) {
      lines.add("ordered at " + orderedAt);
    }
    lines.add(
        isComplete()
            ? whatCame() + "; if it may come or not: lenient()"
            : "it has no effect: call " + effects());
    return lines;
  }
}
