package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reliable connections that lose their sockets and get others (client-protocols F.3, F.4). Its
 * methods run under a hub's lock.
 */
final class Recoveries {

  private final Timeline timeline;
  private final Timers timers;
  private final Patience patience;
  private final Options options;
  private final BufferLimits limits;

  Recoveries(
      Timeline timeline, Timers timers, Patience patience, Options options, BufferLimits limits) {
    this.timeline = timeline;
    this.timers = timers;
    this.patience = patience;
    this.options = options;
    this.limits = limits;
  }

  Timers timers() {
    return timers;
  }

  Patience patience() {
    return patience;
  }

  Options options() {
    return options;
  }

  /** What a new connection needs to be recovered; null if its subprotocol is not reliable. */
  @Nullable ReplayBuffer bufferFor(NewConnection details) {
    return details.protocol().reliable() ? new ReplayBuffer(limits) : null;
  }

  /** When a copy of a message that is sent now may be dropped; null for never. */
  @Nullable Instant expiry(int ttlSeconds) {
    return ttlSeconds > 0 && options.isOn(Option.EXPIRE_BY_TTL)
        ? timers.instant().plusSeconds(ttlSeconds)
        : null;
  }

  /** The socket is gone; the connection waits for another one. */
  void detach(Hub hub, Connection connection, String how) {
    Duration length = options.get(Setting.RECOVERY_WINDOW);
    connection.detach(RecoveryWindow.open(hub, connection, timers, length));
    note(connection, how + "; the connection can be recovered for " + seconds(length));
  }

  /** Gives a connection another socket, and the socket all that is not acknowledged. */
  void recover(
      Hub hub,
      Connection connection,
      ReplayBuffer buffer,
      Receiver receiver,
      @Nullable Connected connected) {
    Receiver old = connection.receiver();
    if (old != null) {
      note(connection, "taken over by another socket: the old one is aborted");
      old.abort();
    }
    connection.attach(receiver);
    int expired = buffer.expire(timers.instant());
    note(
        connection,
        "recovered, "
            + buffer.size()
            + (buffer.size() == 1 ? " unacknowledged message" : " unacknowledged messages")
            + " to replay"
            + (expired == 0 ? "" : ", " + expired + " dropped because their time to live is over"));
    if (connected != null) {
      hub.deliver(connection, connected);
    }
    buffer.replay(
        (message, sequenceId) -> {
          timeline.record(
              connection.label(),
              Direction.OUT,
              "replayed",
              message.text(),
              message.bytes(),
              sequenceId);
          receiver.deliver(
              receiver.prepare(connection.codec().withSequenceId(message, sequenceId)));
        });
  }

  private void note(Connection connection, String text) {
    timeline.record(connection.label(), Direction.NOTE, text);
  }

  private static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%.3f s", length.toNanos() / 1e9);
  }
}
