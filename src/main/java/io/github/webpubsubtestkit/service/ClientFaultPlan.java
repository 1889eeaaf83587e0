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

  /** The sockets that a fault has ended. */
  private final Set<Object> gone =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  ClientFaultPlan(FaultOrders orders) {
    this.orders = orders;
  }

  @Override
  public MessageFate onMessage(String hub, Connection receiver, Object socket, Data message) {
    if (gone.contains(socket)) {
      return MessageFate.USUAL;
    }
    Trigger.Side[] side = {Trigger.Side.NOT};
    ConnectionFault connection =
        orders.meet(
            ConnectionFault.class,
            fault -> {
              Trigger.Side its = fault.triggeredBy(hub, receiver, message);
              side[0] = side[0] == Trigger.Side.NOT ? its : side[0]; // that of the first
              return its != Trigger.Side.NOT;
            },
            at(receiver),
            Target.of(hub, receiver, null));
    ConnectionEffect effect = connection == null ? null : effect(connection, socket);
    if (effect != null && side[0] == Trigger.Side.BEFORE) {
      return new MessageFate(effect, null, null);
    }
    MessageFault frame =
        orders.meet(
            MessageFault.class,
            fault -> fault.isFor(hub, receiver, message),
            at(receiver),
            Target.of(hub, receiver, message.payload()));
    return frame == null && effect == null
        ? MessageFate.USUAL
        : new MessageFate(null, frame == null ? null : frame(frame), effect);
  }

  private ConnectionEffect effect(ConnectionFault met, Object socket) {
    ConnectionEffect effect;
    synchronized (orders) {
      effect = Objects.requireNonNull(met.connectionEffect());
      met.metBy(socket);
    }
    if (effect.isEnd()) {
      gone.add(socket);
    }
    return effect;
  }

  private FrameEffect frame(MessageFault met) {
    synchronized (orders) {
      return Objects.requireNonNull(met.frameEffect());
    }
  }

  private static String at(Connection receiver) {
    return ": " + receiver.label();
  }

  @Override
  public @Nullable ConnectionEffect onConnection(String hub, Connection connection, Object socket) {
    if (gone.contains(socket)) {
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
  public AckFate onAck(RecordedOperation answered, AckId ackId) {
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
