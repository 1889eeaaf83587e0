package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall.Answer;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request or a handshake that has met a fault, and may be held back by it. */
final class HeldCall {

  private final FaultOrders orders;
  private final Engine asked;
  private final Effect effect;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Runnable hanging;

  /** What happens to a call in the end. */
  @FunctionalInterface
  private interface Effect {

    /** Ends the call; returns what resets its connection if it hangs, else null. */
    @Nullable Runnable run();
  }

  private HeldCall(FaultOrders orders, Effect effect) {
    this.orders = orders;
    this.asked = orders.engine();
    this.effect = effect;
  }

  static HeldCall of(FaultOrders orders, HttpFault<?> met, InterceptedCall call) {
    Effect effect;
    synchronized (orders) {
      HttpFault.End end = met.end();
      Answer answer = met.answer();
      Deviation how = met.deviates();
      effect =
          () -> {
            if (answer != null) {
              call.answer(answer);
            } else if (end == HttpFault.End.UNANSWERED) {
              return call.hang();
            } else if (end == HttpFault.End.DROPPED) {
              call.drop();
            } else {
              call.proceed(how);
            }
            return null;
          };
    }
    return new HeldCall(orders, effect);
  }

  /** Begins to hold it back for a time; null for not at all. */
  void begin(@Nullable Duration wait) {
    if (wait == null) {
      end();
    } else {
      asked.timers().schedule(wait, this::end);
    }
  }

  void end() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    Runnable reset = effect.run();
    if (reset == null) {
      orders.forget(this);
    } else {
      hanging = reset;
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
      orders.forget(this);
      asked
          .timeline()
          .record("fault", Direction.NOTE, "the connection of a request that hung is reset");
      reset.run();
    }
  }
}
