package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recovery of reliable connections that have lost their sockets (client-protocols F.3, F.4).
 */
final class Recoveries {

  private final HubState hub;
  private final Messenger messages;

  Recoveries(HubState hub, Messenger messages) {
    this.hub = hub;
    this.messages = messages;
  }

  /** The replay buffer of a new connection; null if its subprotocol is not reliable. */
  @Nullable ReplayBuffer bufferFor(NewConnection details) {
    return details.protocol().reliable() ? new ReplayBuffer(hub.service().limits()) : null;
  }

  /** The {@code connected} message of a connection, with the token for a recovery. */
  Connected connected(Connection connection) {
    String token =
        connection.unacknowledged() == null
            ? null
            : hub.service().tokens().reconnection(connection.id());
    return new Connected(connection.id(), connection.userId(), token);
  }

  /** The reliable connection of that id; empty if there is none or it is not reliable. */
  Optional<Connection> recoverable(String id) {
    synchronized (hub) {
      return Optional.ofNullable(hub.roster().connection(id))
          .filter(connection -> connection.unacknowledged() != null);
    }
  }

  /** Detaches the lost socket; the connection waits for another one. Called under the lock. */
  void detach(Connection connection, String how) {
    Duration length = hub.service().options().get(Setting.RECOVERY_WINDOW);
    connection.detach(
        RecoveryWindow.open(hub.service().timers(), length, window -> expire(connection, window)));
    hub.note(connection, how + "; the connection can be recovered for " + seconds(length));
    hub.service().changed();
  }

  /** Ends the connection when its recovery window has expired, unless the window is outdated. */
  private void expire(Connection connection, RecoveryWindow window) {
    synchronized (hub) {
      if (connection.window() == window) {
        hub.end(connection, new End.RecoveryExpired());
      }
    }
  }

  /**
   * Attaches another socket to a connection and sends it all unacknowledged messages.
   *
   * @return false if the connection has ended meanwhile
   */
  boolean recover(Connection connection, Receiver socket) {
    Connected connected =
        hub.service().options().isOn(Option.CONNECTED_AFTER_RECOVERY)
            ? connected(connection)
            : null;
    synchronized (hub) {
      ReplayBuffer buffer = connection.unacknowledged();
      if (connection.hasEnded() || buffer == null) {
        return false;
      }
      takeOver(connection, socket);
      noteReplay(connection, buffer);
      if (connected != null) {
        messages.deliver(connection, connected);
      }
      replay(connection, buffer, socket);
      hub.service().changed();
      return true;
    }
  }

  private void takeOver(Connection connection, Receiver socket) {
    Receiver old = connection.receiver();
    if (old != null) {
      hub.note(connection, "taken over by another socket: the old one is aborted");
      old.abort();
    }
    connection.attach(socket);
  }

  private void noteReplay(Connection connection, ReplayBuffer buffer) {
    int expired = buffer.expire(hub.service().timers().instant());
    hub.note(
        connection,
        "recovered, "
            + buffer.size()
            + (buffer.size() == 1 ? " unacknowledged message" : " unacknowledged messages")
            + " to replay"
            + (expired == 0 ? "" : ", " + expired + " dropped because their time to live is over"));
  }

  private void replay(Connection connection, ReplayBuffer buffer, Receiver socket) {
    buffer.replay(
        (message, sequenceId) -> {
          hub.service()
              .timeline()
              .frame(
                  connection.party(),
                  Direction.OUT,
                  "replayed",
                  message.text(),
                  message.bytes(),
                  sequenceId);
          socket.deliver(socket.prepare(connection.codec().withSequenceId(message, sequenceId)));
        });
  }

  private static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%.3f s", length.toNanos() / 1e9);
  }
}
