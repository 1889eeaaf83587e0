package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a burst may bring above the limit of unacknowledged messages (client-protocols F.2). No
 * client can acknowledge what it had no time to read, and here a thousand messages may be sent
 * within a millisecond. Whoever has had time is ended by the first message above the limit; all
 * others get a moment. Its methods run under a hub's lock.
 */
final class Patience {

  /** A client that has had half of what it was sent for so many turns has had its time. */
  private static final int TURNS = 128;

  /** More messages than this in a turn are a burst: one REST call after the other takes a turn. */
  private static final int STEADY_PER_TURN = 8;

  private final Pace pace;
  private final AtomicInteger watching = new AtomicInteger(); // hubs have locks of their own

  Patience(Pace pace) {
    this.pace = pace;
  }

  /** The time by which messages are told to be old. */
  long now() {
    return pace.turns();
  }

  /** Whether a message above the limit is a matter of speed and may be sent all the same. */
  boolean covers(Connection connection, ReplayBuffer buffer, EncodedMessage message) {
    return connection.receiver() != null && isYoung(buffer) && buffer.hasRoomForBurst(message);
  }

  /** Clients leave some messages unacknowledged for a while: the older half does not count. */
  private boolean isYoung(ReplayBuffer buffer) {
    return buffer.ageOfMedian(pace.turns()) < Math.min(TURNS, buffer.size() / STEADY_PER_TURN);
  }

  /** Whether there is a client that is behind a burst. */
  boolean isWatching() {
    return watching.get() > 0;
  }

  /** Looks later what the client has made of its moment; it is enough to look once at a time. */
  void watch(Hub hub, Connection connection, ReplayBuffer buffer) {
    if (!buffer.watched()) {
      buffer.watch(true);
      watching.incrementAndGet();
      lookLater(hub, connection, buffer);
    }
  }

  /** A client that goes on to acknowledge gets another moment; true if it has to be ended. */
  boolean isExhausted(Hub hub, Connection connection, ReplayBuffer buffer, long freedBefore) {
    boolean over = !connection.hasEnded() && buffer.isOverLimits();
    if (over && buffer.freed() != freedBefore) {
      lookLater(hub, connection, buffer);
      return false;
    }
    buffer.watch(false);
    watching.decrementAndGet();
    return over;
  }

  private void lookLater(Hub hub, Connection connection, ReplayBuffer buffer) {
    long freed = buffer.freed();
    pace.later(() -> hub.lifecycle().lookAgain(connection, buffer, freed));
  }
}
