package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault that something has met.
 *
 * @param fault what the test ordered
 * @param lasts true if it is in force until faults are taken back, and holds something back
 */
public record MetFault(Duration at, Target target, String fault, boolean lasts) {

  /**
   * What has met a fault.
   *
   * @param hub the name in lower case
   * @param connectionId null before there is one
   * @param payload of a message to the client; null for anything else
   * @param detail what the order does not say of it; may be empty
   */
  public record Target(
      String hub,
      @Nullable String connectionId,
      @Nullable String userId,
      @Nullable Payload payload,
      String detail) {

    /** A connection, or what is sent on it. */
    public static Target of(String hub, Connection connection, @Nullable Payload payload) {
      return new Target(hub, connection.id(), connection.userId(), payload, "");
    }

    /** A request of a client. */
    public static Target of(RecordedOperation request, String detail) {
      Caller caller = request.caller();
      return new Target(request.hub(), caller.connectionId(), caller.userId(), null, detail);
    }
  }

  /**
   * Returns whether it concerned a client.
   *
   * @param id the id of the client's connection; null before it knows one
   * @param user null if the client has none, or none that is known
   * @param since when the client was opened
   */
  public boolean concerns(String hub, @Nullable String id, @Nullable String user, Duration since) {
    if (target.connectionId != null && id != null) {
      return target.connectionId.equals(id);
    }
    return target.hub.equalsIgnoreCase(hub)
        && (user == null || user.equals(target.userId))
        && at.compareTo(since) >= 0;
  }

  /** The order, and what it does not say. */
  public String what() {
    return fault + target.detail;
  }

  /**
   * {@code a fault was met at +0.004 s: loss for the ack of joinGroup("room"), ackId 1}, or {@code
   * a fault is in force since +0.004 s: silence for the connection of user "alice"}.
   */
  @Override
  public String toString() {
    return (lasts ? "a fault is in force since " : "a fault was met at ")
        + Timeline.seconds(at)
        + ": "
        + what();
  }
}
