package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.hub.ClientFaults.Order;
import io.github.webpubsubtestkit.internal.hub.FaultPlan.MessageFate;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to its receivers: encoded and framed once per subprotocol, not once per
 * receiver. On reliable subprotocols it is encoded once, and each receiver's sequence id is
 * inserted.
 */
final class Fanout {

  private final ServiceMessage message;
  private final Timeline timeline;
  private final BurstTolerance tolerance;
  private final ClientFaults faults;
  private final @Nullable FaultPlan plan;
  private final @Nullable Instant expires;
  private final Map<Subprotocol, Optional<Outbound>> prepared = new EnumMap<>(Subprotocol.class);
  private @Nullable Map<Subprotocol, EncodedMessage> unnumbered;
  private @Nullable List<Connection> overflowed;
  private @Nullable List<Runnable> afterwards;
  private int reached;

  /**
   * Creates the fan-out of a message.
   *
   * @param expires the time from which copies kept for a recovery may be dropped; null for never
   */
  Fanout(
      ServiceMessage message,
      Timeline timeline,
      BurstTolerance tolerance,
      ClientFaults faults,
      @Nullable Instant expires) {
    this.message = message;
    this.timeline = timeline;
    this.tolerance = tolerance;
    this.faults = faults;
    this.plan = message.isNumbered() ? faults.plan() : null;
    this.expires = expires;
  }

  /** Queues the message for a connection, unless its subprotocol has no such message. */
  void to(Connection connection) {
    Receiver socket = plan == null ? null : connection.receiver();
    if (plan == null || socket == null || !(message instanceof ServiceMessage.Data data)) {
      to(connection, null);
      return;
    }
    MessageFate fate = plan.onMessage(faults.hubName(), connection, socket, data);
    ConnectionEffect before = fate.before();
    if (before == null) {
      to(connection, fate.frame());
    } else if (ClientFaults.survives(connection, before)) {
      faults.apply(connection, before, Order.IN_ORDER);
      to(connection, fate.frame());
    } else {
      later(connection, before);
    }
    if (fate.after() != null) {
      later(connection, fate.after());
    }
  }

  /** Does the same, with an effect on this message; null for none. */
  void to(Connection connection, @Nullable FrameEffect effect) {
    ReplayBuffer buffer = connection.unacknowledged();
    if (buffer != null && message.isNumbered()) {
      toReliable(connection, buffer, effect);
      return;
    }
    Receiver receiver = connection.receiver();
    if (receiver == null) {
      return; // acks and the like are neither kept nor sent again (client-protocols F.1)
    }
    Optional<Outbound> outbound = prepared.get(connection.protocol());
    if (outbound == null) {
      outbound = prepare(connection, receiver);
      prepared.put(connection.protocol(), outbound);
    }
    if (outbound.isPresent()) {
      Outbound ready = outbound.get();
      SentLine.send(timeline, connection, receiver, ready, effect, ready.message(), 0);
      reached++;
    }
  }

  /** Ends a connection only after the iteration that this would modify. */
  private void later(Connection connection, ConnectionEffect effect) {
    if (afterwards == null) {
      afterwards = new ArrayList<>();
    }
    afterwards.add(() -> faults.apply(connection, effect, Order.IN_ORDER));
  }

  /** The number of connections that have it queued or stored for their recovery. */
  int reached() {
    return reached;
  }

  /**
   * Ends the connections whose buffer was full (client-protocols F.2), and does what faults do to
   * others, after the iteration that this would modify.
   */
  void finish() {
    if (overflowed != null) {
      overflowed.forEach(tolerance::end);
    }
    if (afterwards != null) {
      afterwards.forEach(Runnable::run);
    }
  }

  private Optional<Outbound> prepare(Connection connection, Receiver receiver) {
    EncodedMessage encoded = connection.codec().encode(message);
    return encoded == null ? Optional.empty() : Optional.of(receiver.prepare(encoded));
  }

  private void toReliable(
      Connection connection, ReplayBuffer buffer, @Nullable FrameEffect effect) {
    EncodedMessage encoded = unnumbered(connection);
    if (encoded == null) {
      return;
    }
    boolean room = tolerance.hasRoom(buffer, encoded);
    if (!room && !tolerance.covers(connection, buffer, encoded)) {
      if (overflowed == null) {
        overflowed = new ArrayList<>();
      }
      overflowed.add(connection);
      return;
    }
    if (effect != null && effect.kind() == FrameEffect.Kind.SKIP_SEQUENCE_IDS) {
      buffer.skip(effect.amount(), tolerance.now());
    }
    long sequenceId = buffer.add(encoded, expires, tolerance.now());
    reached++;
    if (!room) {
      tolerance.watch(connection, buffer);
    }
    Receiver receiver = connection.receiver();
    if (receiver == null) {
      new SentLine(timeline, connection, encoded, sequenceId).notSent("kept for the recovery");
    } else {
      EncodedMessage numbered = connection.codec().withSequenceId(encoded, sequenceId);
      Outbound ready = receiver.prepare(numbered);
      SentLine.send(timeline, connection, receiver, ready, effect, encoded, sequenceId);
    }
  }

  private @Nullable EncodedMessage unnumbered(Connection connection) {
    if (unnumbered == null) {
      unnumbered = new EnumMap<>(Subprotocol.class);
    }
    return unnumbered.computeIfAbsent(
        connection.protocol(), protocol -> connection.codec().encode(message));
  }
}
