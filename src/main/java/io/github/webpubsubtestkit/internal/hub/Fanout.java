package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Direction;
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
  private final @Nullable Instant expires;
  private final Map<Subprotocol, Optional<Outbound>> prepared = new EnumMap<>(Subprotocol.class);
  private @Nullable Map<Subprotocol, EncodedMessage> unnumbered;
  private @Nullable List<Connection> overflowed;
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
      @Nullable Instant expires) {
    this.message = message;
    this.timeline = timeline;
    this.tolerance = tolerance;
    this.expires = expires;
  }

  /** Queues the message for a connection, unless its subprotocol has no such message. */
  void to(Connection connection) {
    ReplayBuffer buffer = connection.unacknowledged();
    if (buffer != null && message.isNumbered()) {
      toReliable(connection, buffer);
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
      EncodedMessage encoded = outbound.get().message();
      timeline.frame(connection.party(), Direction.OUT, encoded.text(), encoded.bytes());
      receiver.deliver(outbound.get());
      reached++;
    }
  }

  /** The number of connections that have it queued or stored for their recovery. */
  int reached() {
    return reached;
  }

  /**
   * Ends the connections whose buffer was full, after the iteration that this would modify
   * (client-protocols F.2).
   */
  void finish() {
    if (overflowed != null) {
      overflowed.forEach(tolerance::end);
    }
  }

  private Optional<Outbound> prepare(Connection connection, Receiver receiver) {
    EncodedMessage encoded = connection.codec().encode(message);
    return encoded == null ? Optional.empty() : Optional.of(receiver.prepare(encoded));
  }

  private void toReliable(Connection connection, ReplayBuffer buffer) {
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
    long sequenceId = buffer.add(encoded, expires, tolerance.now());
    reached++;
    if (!room) {
      tolerance.watch(connection, buffer);
    }
    Receiver receiver = connection.receiver();
    if (receiver == null) {
      record(connection, Direction.NOTE, "kept for the recovery", encoded, sequenceId);
    } else {
      record(connection, Direction.OUT, "", encoded, sequenceId);
      receiver.deliver(receiver.prepare(connection.codec().withSequenceId(encoded, sequenceId)));
    }
  }

  private void record(
      Connection connection,
      Direction direction,
      String head,
      EncodedMessage encoded,
      long sequenceId) {
    timeline.frame(
        connection.party(), direction, head, encoded.text(), encoded.bytes(), sequenceId);
  }

  private @Nullable EncodedMessage unnumbered(Connection connection) {
    if (unnumbered == null) {
      unnumbered = new EnumMap<>(Subprotocol.class);
    }
    return unnumbered.computeIfAbsent(
        connection.protocol(), protocol -> connection.codec().encode(message));
  }
}
