package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the hubs of a service look for the faults of connected clients: nearly always, none. */
public final class PlannedFaults {

  private static final int MAX_LOSSES = 1_000;

  private final Pending held = new Pending();
  private final Deque<Loss> losses = new ArrayDeque<>(0); // guarded by itself
  private volatile @Nullable FaultPlan plan;

  /**
   * A message that a fault has kept from its receiver.
   *
   * @param fault what the test ordered
   */
  public record Loss(
      Duration at, String connectionId, Payload payload, FrameEffect effect, String fault) {}

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

  /** Remembers a loss. */
  public void met(Loss loss) {
    synchronized (losses) {
      losses.add(loss);
      if (losses.size() > MAX_LOSSES) {
        losses.remove();
      }
    }
  }

  /** The latest losses. */
  public List<Loss> losses() {
    synchronized (losses) {
      return new ArrayList<>(losses);
    }
  }
}
