package io.github.webpubsubtestkit.internal.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the hubs of a service look for the faults of connected clients: nearly always, none. */
public final class PlannedFaults {

  private static final int MAX_MET = 1_000;

  private final Pending held = new Pending();
  private final Deque<MetFault> met = new ArrayDeque<>(0); // guarded by itself
  private volatile @Nullable FaultPlan plan;

  /** The plan; null if nothing is to go wrong. */
  public @Nullable FaultPlan plan() {
    return plan;
  }

  /** Follows a plan from now on; null for none. */
  public void follow(@Nullable FaultPlan next) {
    plan = next;
  }

  /** The messages and acks that faults hold back. */
  public Pending held() {
    return held;
  }

  /** Remembers that a client has met a fault. */
  public void met(MetFault fault) {
    synchronized (met) {
      met.add(fault);
      if (met.size() > MAX_MET) {
        met.remove();
      }
    }
  }

  /** The latest faults that clients have met, in order of time. */
  public List<MetFault> met() {
    synchronized (met) {
      return new ArrayList<>(met);
    }
  }
}
