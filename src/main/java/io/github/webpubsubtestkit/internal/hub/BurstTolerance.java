package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;

/**
 * The tolerance for bursts above the limit of unacknowledged messages (client-protocols F.2). No
 * client can acknowledge messages it had no time to read, and here a thousand messages may be sent
 * within a millisecond. Clients that had time to acknowledge are disconnected at the limit; others
 * get a grace period. Its methods run under the hub's lock.
 */
final class BurstTolerance {

  /**
   * The number of turns after which a client that has had half of its messages has had its time.
   */
  private static final int TURNS = 128;

  /**
   * The maximum number of messages in a turn that are not a burst: consecutive REST calls take a
   * turn each.
   */
  private static final int STEADY_PER_TURN = 8;

  private final HubState hub;
  private final LoopProgress progress;

  BurstTolerance(HubState hub) {
    this.hub = hub;
    this.progress = hub.service().progress();
  }

  /** The time that determines the age of messages. */
  long now() {
    return progress.turns();
  }

  /** Returns whether a message is within the limit. */
  boolean hasRoom(ReplayBuffer buffer, EncodedMessage message) {
    return buffer.hasRoomFor(message)
        || (buffer.expire(hub.service().timers().instant()) > 0 && buffer.hasRoomFor(message));
  }

  /** Returns whether a message above the limit is due to a burst and may still be sent. */
  boolean covers(Connection connection, ReplayBuffer buffer, EncodedMessage message) {
    return connection.receiver() != null && isYoung(buffer) && buffer.hasRoomForBurst(message);
  }

  /**
   * Returns whether the newer half of the messages is recent; clients leave some messages
   * unacknowledged for a while.
   */
  private boolean isYoung(ReplayBuffer buffer) {
    return buffer.ageOfMedian(progress.turns()) < Math.min(TURNS, buffer.size() / STEADY_PER_TURN);
  }

  /**
   * Schedules a check whether the client has used its grace period; one pending check is enough.
   */
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

  /** Checks the client; one that continues to acknowledge gets another grace period. */
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
