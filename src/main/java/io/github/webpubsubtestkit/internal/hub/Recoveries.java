package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
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

  /**
   * Attaches another socket to a connection and sends it all unacknowledged messages.
   *
   * @param leftOut how many of them are left out by a fault, from the first
   * @return false if the connection has ended meanwhile
   */
  boolean recover(Connection connection, Receiver socket, int leftOut) {
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
      replay(connection, buffer, socket, leftOut);
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

  private void replay(Connection connection, ReplayBuffer buffer, Receiver socket, int leftOut) {
    buffer.replay(
        leftOut,
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
}
