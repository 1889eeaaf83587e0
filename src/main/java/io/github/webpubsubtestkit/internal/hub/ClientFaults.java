package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import org.jspecify.annotations.Nullable;

/**
 * Does to the connections of one hub what the plan says. Its methods run under the hub's lock; none
 * costs more than one read while there is no plan.
 */
final class ClientFaults {

  private final HubState hub;

  ClientFaults(HubState hub) {
    this.hub = hub;
  }

  /** The plan; null if nothing is to go wrong. */
  @Nullable FaultPlan plan() {
    return hub.service().faults().plan();
  }

  /** The name of the hub in lower case. */
  String hubName() {
    return hub.name();
  }

  /** Lets a connection meet what is for it now. */
  void meet(Connection connection) {
    FaultPlan faults = plan();
    while (faults != null) {
      Receiver socket = connection.receiver();
      ConnectionEffect effect =
          socket == null || connection.hasEnded()
              ? null
              : faults.onConnection(hub.name(), connection, socket);
      if (effect == null) {
        return;
      }
      apply(connection, effect, Order.AT_ONCE);
    }
  }

  /** When something is done to a connection. */
  enum Order {
    /** Even if messages before it are held back, which are lost then. */
    AT_ONCE,
    /** Between the message before it and the one behind it. */
    IN_ORDER
  }

  /** Returns whether an effect leaves a connection that still gets its messages, now or later. */
  static boolean survives(Connection connection, ConnectionEffect effect) {
    return !effect.isEnd() || (connection.unacknowledged() != null && effect.leavesRecoverable());
  }

  /** Does it; may end the connection, and so modify the roster, unless that survives. */
  void apply(Connection connection, ConnectionEffect effect, Order order) {
    Receiver socket = connection.receiver();
    if (socket == null || connection.hasEnded()) {
      return; // it has met another end
    }
    switch (effect.kind()) {
      case RESET -> {
        run(socket::abort, effect, order, socket);
        if (connection.unacknowledged() != null) {
          hub.detach(connection, "socket reset by a fault");
        }
      }
      case SILENCE, LIMIT, STOP_READING -> run(() -> socket.disturb(effect), effect, order, socket);
      case CLOSE -> close(connection, socket, effect, effect.text());
      case DISCONNECT -> {
        sayDisconnected(connection, socket, effect.text());
        close(connection, socket, effect, "");
      }
    }
  }

  private static void run(Runnable step, ConnectionEffect effect, Order order, Receiver socket) {
    switch (order) {
      case AT_ONCE -> step.run();
      case IN_ORDER -> socket.behindMessages(step, effect.leavesUnreachable());
    }
  }

  /** Closes a connection that is there since a moment with a code. */
  void closeAfterwards(Connection connection, int code) {
    apply(connection, ConnectionEffect.close(code, ""), Order.IN_ORDER);
  }

  private void close(
      Connection connection, Receiver socket, ConnectionEffect effect, String reason) {
    if (survives(connection, effect)) {
      hub.detach(
          connection, "closed with " + effect.number() + " " + reason + " (ordered by a fault)");
      socket.close(effect.number(), reason);
    } else {
      hub.end(connection, new End.Failed(effect.number(), reason, "ordered by a fault"));
    }
  }

  private void sayDisconnected(Connection connection, Receiver socket, String reason) {
    EncodedMessage message = connection.codec().encode(new Disconnected(reason));
    if (message != null) {
      Timeline timeline = hub.service().timeline();
      SentLine.send(timeline, connection, socket, socket.prepare(message), null, message, 0);
    }
  }
}
