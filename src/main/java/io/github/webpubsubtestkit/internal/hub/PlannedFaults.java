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
  private final Deque<MetFault> inForce = new ArrayDeque<>(0); // guarded by met
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
      add(met, fault);
      if (fault.lasts()) {
        add(inForce, fault);
      }
    }
  }

  private static void add(Deque<MetFault> faults, MetFault fault) {
    faults.add(fault);
    if (faults.size() > MAX_MET) {
      faults.remove();
    }
  }

  /** What lasts is over: it is not in force any more. */
  public void release() {
    synchronized (met) {
      inForce.clear();
    }
  }

  /**
   * The faults that hold something back, of any client of a hub, in order of time.
   *
   * @param hub in any case; null for all hubs
   */
  public List<MetFault> inForce(@Nullable String hub) {
    synchronized (met) {
      return inForce.stream()
          .filter(each -> hub == null || hub.equalsIgnoreCase(each.target().hub()))
          .toList();
    }
  }

  /** The latest faults that clients have met, in order of time. */
  public List<MetFault> met() {
    synchronized (met) {
      return new ArrayList<>(met);
    }
  }
}
