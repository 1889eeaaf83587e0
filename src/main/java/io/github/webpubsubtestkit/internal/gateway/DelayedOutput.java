package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The output of one socket from a message on that a fault delays: it waits, and all that follows
 * waits behind it. Guarded by its receiver.
 */
final class DelayedOutput {

  private final FaultySockets faults;
  private final Runnable goOn;
  private final Deque<Step> steps = new ArrayDeque<>();
  private Instant lastDue = Instant.MIN;

  /** A part of the output. */
  private static final class Step {
    private final Runnable output;
    private final String what;
    private volatile boolean due;
    private @Nullable Scheduled timer;

    Step(Runnable output, String what, boolean due) {
      this.output = output;
      this.what = what;
      this.due = due;
    }

    /** Describes it to code that waits for it. */
    @Override
    public String toString() {
      return what + " is held back by a fault";
    }
  }

  /**
   * Nothing waits.
   *
   * @param goOn called when something is due, without the lock
   */
  DelayedOutput(FaultySockets faults, Runnable goOn) {
    this.faults = faults;
    this.goOn = goOn;
  }

  /** Adds output that goes as soon as all before it has gone. */
  void add(Runnable output) {
    steps.add(new Step(output, "", true));
  }

  /**
   * Adds output that goes after some time, or when all before it has gone if that is later.
   *
   * @param what it is, for texts
   */
  void delay(Duration time, String what, Runnable output) {
    Step step = new Step(output, what, false);
    steps.add(step);
    faults.held().begin(step);
    Instant then = faults.timers().instant().plus(time);
    lastDue = then.isAfter(lastDue) ? then : lastDue;
    step.timer =
        faults
            .timers()
            .schedule(
                time,
                () -> {
                  step.due = true;
                  goOn.run();
                });
  }

  /** Returns whether something waits for longer than a time. */
  boolean isLaterThan(Duration time) {
    return lastDue.isAfter(faults.timers().instant().plus(time));
  }

  /** Lets all go that is due, or all; returns whether nothing is left. */
  boolean flush(boolean all) {
    for (Step next = steps.peek(); next != null && (all || next.due); next = steps.peek()) {
      end(steps.remove());
      next.output.run();
    }
    return steps.isEmpty();
  }

  /** Lets nothing go any more. */
  void discard() {
    while (!steps.isEmpty()) {
      end(steps.remove());
    }
  }

  private void end(Step step) {
    Scheduled timer = step.timer;
    if (timer != null) {
      timer.cancel();
      faults.held().end(step);
    }
  }
}
