package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.ConnectionEffect;
import io.github.webpubsubtestkit.internal.hub.FaultPlan;
import io.github.webpubsubtestkit.internal.hub.FrameEffect;
import io.github.webpubsubtestkit.internal.hub.MetFault.Target;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.upstream.HandlerFaults;
import io.github.webpubsubtestkit.internal.wire.AckId;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The faults of connected clients and of event handlers, for those who have to do them. */
final class ClientFaultPlan implements FaultPlan, HandlerFaults {

  private static final String FAILURE = "Internal server error";
  private static final String OTHER_FAILURE = "A fault that the test ordered.";

  private final FaultOrders orders;

  /** The sockets that are silent, or that a fault has ended: nothing more reaches their clients. */
  private final Set<Object> unreachable =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  ClientFaultPlan(FaultOrders orders) {
    this.orders = orders;
  }

  @Override
  public MessageFate onMessage(String hub, Connection receiver, Object socket, Data message) {
    ConnectionEffect before = triggered(hub, receiver, socket, message, false);
    FrameEffect frame = frame(hub, receiver, socket, message);
    ConnectionEffect after = triggered(hub, receiver, socket, message, true);
    return before == null && frame == null && after == null
        ? MessageFate.USUAL
        : new MessageFate(before, frame, after);
  }

  private @Nullable ConnectionEffect triggered(
      String hub, Connection receiver, Object socket, Data message, boolean behind) {
    if (unreachable.contains(socket)) {
      return null;
    }
    ConnectionFault met =
        orders.meet(
            ConnectionFault.class,
            fault -> fault.isTriggeredBy(hub, receiver, message, behind),
            at(receiver),
            Target.of(hub, receiver, null));
    return met == null ? null : effect(met, socket);
  }

  private @Nullable FrameEffect frame(
      String hub, Connection receiver, Object socket, Data message) {
    if (unreachable.contains(socket)) {
      return null;
    }
    MessageFault met =
        orders.meet(
            MessageFault.class,
            fault -> fault.isFor(hub, receiver, message),
            at(receiver),
            Target.of(hub, receiver, message.payload()));
    if (met == null) {
      return null;
    }
    FrameEffect effect;
    synchronized (orders) {
      effect = Objects.requireNonNull(met.frameEffect());
    }
    if (effect.kind() == FrameEffect.Kind.CUT_OFF) {
      unreachable.add(socket);
    }
    return effect;
  }

  private ConnectionEffect effect(ConnectionFault met, Object socket) {
    ConnectionEffect effect;
    synchronized (orders) {
      effect = Objects.requireNonNull(met.connectionEffect());
      met.metBy(socket);
    }
    if (effect.leavesUnreachable()) {
      unreachable.add(socket);
    }
    return effect;
  }

  private static String at(Connection receiver) {
    return ": " + receiver.label();
  }

  @Override
  public @Nullable ConnectionEffect onConnection(String hub, Connection connection, Object socket) {
    if (unreachable.contains(socket)) {
      return null;
    }
    ConnectionFault met =
        orders.meet(
            ConnectionFault.class,
            fault -> fault.isFor(hub, connection) && fault.isFirstFor(socket),
            at(connection),
            Target.of(hub, connection, null));
    return met == null ? null : effect(met, socket);
  }

  @Override
  public @Nullable AckError refusal(RecordedOperation asked) {
    AckFault met =
        orders.meet(
            AckFault.class,
            fault -> fault.error() != null && fault.isFor(asked),
            at(asked),
            Target.of(asked, ""));
    if (met == null) {
      return null;
    }
    String name;
    synchronized (orders) {
      name = Objects.requireNonNull(met.error());
    }
    return new AckError(name, name.equals("InternalServerError") ? FAILURE : OTHER_FAILURE);
  }

  @Override
  public AckFate onAck(RecordedOperation answered, AckId ackId, Object socket) {
    if (unreachable.contains(socket)) {
      return AckFate.USUAL;
    }
    AckFault met =
        orders.meet(
            AckFault.class,
            fault -> fault.error() == null && fault.isFor(answered),
            at(answered),
            Target.of(answered, ", ackId " + ackId));
    if (met == null) {
      return AckFate.USUAL;
    }
    synchronized (orders) {
      return new AckFate(met.otherId(), met.frameEffect());
    }
  }

  private static String at(RecordedOperation operation) {
    String label = operation.details().label();
    return label == null ? "" : ": " + label;
  }

  @Override
  public boolean losesPing(String hub, Connection connection) {
    return loses(KeepAliveFault.Lost.PING, hub, connection);
  }

  @Override
  public boolean losesPong(String hub, Connection connection) {
    return loses(KeepAliveFault.Lost.PONG, hub, connection);
  }

  private boolean loses(KeepAliveFault.Lost what, String hub, Connection connection) {
    return orders.meet(
            KeepAliveFault.class,
            fault -> fault.isFor(what, hub, connection),
            at(connection),
            Target.of(hub, connection, null))
        != null;
  }

  @Override
  public @Nullable EventFate onEvent(EventAttempt attempt) {
    EventFault met =
        orders.meet(
            EventFault.class,
            fault -> fault.isFor(attempt),
            ": " + RequestText.quote(String.valueOf(attempt.userId())),
            new Target(attempt.hub(), attempt.connectionId(), attempt.userId(), null, ""));
    if (met == null) {
      return null;
    }
    synchronized (orders) {
      HttpFault.End end = met.end();
      Duration delay = met.heldFor();
      EventFate.Kind kind =
          end == null
              ? EventFate.Kind.USUAL
              : switch (end) {
                case ANSWERED -> EventFate.Kind.ANSWERED;
                case DROPPED -> EventFate.Kind.DROPPED;
                case ANSWER_DROPPED -> EventFate.Kind.ANSWER_DROPPED;
                case UNANSWERED -> EventFate.Kind.UNANSWERED;
                case CARRIED_OUT -> EventFate.Kind.USUAL;
              };
      return new EventFate(kind, delay == null ? Duration.ZERO : delay, met.answer(), met.order());
    }
  }
}
