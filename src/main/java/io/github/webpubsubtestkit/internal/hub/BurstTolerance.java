package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;

/**
 * How far a burst may go above the limit of unacknowledged messages (client-protocols F.2). No
 * client can acknowledge what it had no time to read, and here a thousand messages may be sent
 * within a millisecond. A client that has had time is ended by the first message above the limit;
 * all others get a moment. Its methods run under the hub's lock.
 */
final class BurstTolerance {

  /** A client that has had half of what it was sent for so many turns has had its time. */
  private static final int TURNS = 128;

  /** More messages than this in a turn are a burst: one REST call after the other takes a turn. */
  private static final int STEADY_PER_TURN = 8;

  private final HubState hub;
  private final LoopProgress progress;

  BurstTolerance(HubState hub) {
    this.hub = hub;
    this.progress = hub.service().progress();
  }

  /** The time by which messages are told to be old. */
  long now() {
    return progress.turns();
  }

  /** Returns whether a message is within the limit. */
  boolean hasRoom(ReplayBuffer buffer, EncodedMessage message) {
    return buffer.hasRoomFor(message)
        || (buffer.expire(hub.service().timers().instant()) > 0 && buffer.hasRoomFor(message));
  }

  /**
   * Returns whether a message above the limit is a matter of speed and may be sent all the same.
   */
  boolean covers(Connection connection, ReplayBuffer buffer, EncodedMessage message) {
    return connection.receiver() != null && isYoung(buffer) && buffer.hasRoomForBurst(message);
  }

  /** Clients leave some messages unacknowledged for a while: the older half does not count. */
  private boolean isYoung(ReplayBuffer buffer) {
    return buffer.ageOfMedian(progress.turns()) < Math.min(TURNS, buffer.size() / STEADY_PER_TURN);
  }

  /** Looks later what the client has made of its moment; it is enough to look once at a time. */
  void watch(Connection connection, ReplayBuffer buffer) {
    if (!buffer.watched()) {
      buffer.watch(true);
      hub.service().clientsBehind().incrementAndGet();
      lookLater(connection, buffer);
    }
  }

  /** Ends a connection whose client has left too much unacknowledged. */
  void end(Connection connection) {
    hub.end(connection, new End.Overflowed(hub.service().options().isOn(Option.CLOSE_ON_OVERFLOW)));
  }

  private void lookLater(Connection connection, ReplayBuffer buffer) {
    long freed = buffer.freed();
    progress.later(
        () -> {
          synchronized (hub) {
            lookAgain(connection, buffer, freed);
          }
        });
  }

  /** A client that goes on to acknowledge gets another moment. */
  private void lookAgain(Connection connection, ReplayBuffer buffer, long freedBefore) {
    boolean over = !connection.hasEnded() && buffer.isOverLimits();
    if (over && buffer.freed() != freedBefore) {
      lookLater(connection, buffer);
      return;
    }
    buffer.watch(false);
    hub.service().clientsBehind().decrementAndGet();
    if (over) {
      end(connection);
    }
  }
}
