package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.hub.FaultPlan.AckFate;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.wire.AckId;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.JoinGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.LeaveGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Ping;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Ack;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Pong;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a client's requests, in the order of client-protocols E.1: duplicate, permission,
 * action, memory, ack. Runs under the hub's lock.
 */
final class RequestProcessor implements ClientRequest.Processor<Connection> {

  private static final String RAW_NOT_AUTHORIZED =
      "The connection is not authorized for raw sendToGroup mode.";
  private static final String INTERNAL_ERROR_NAME = "InternalServerError";
  private static final String INTERNAL_ERROR_TEXT = "Internal server error";

  private final HubState hub;
  private final Messenger messages;
  private final Turns turns;
  private final ClientFaults faults;

  RequestProcessor(HubState hub, Messenger messages, Turns turns) {
    this.hub = hub;
    this.messages = messages;
    this.turns = turns;
    this.faults = messages.faults();
  }

  void process(Connection connection, ClientRequest request) {
    request.process(this, connection);
  }

  @Override
  public void ping(Ping request, Connection connection) {
    messages.deliver(connection, new Pong());
  }

  @Override
  public void joinGroup(JoinGroup request, Connection connection) {
    String group = request.group();
    change(
        Operation.JOIN_GROUP,
        "join",
        group,
        connection,
        request.ackId(),
        () -> hub.roster().join(connection, group));
  }

  @Override
  public void leaveGroup(LeaveGroup request, Connection connection) {
    String group = request.group();
    change(
        Operation.LEAVE_GROUP,
        "leave",
        group,
        connection,
        request.ackId(),
        () -> hub.roster().leave(connection, group));
  }

  /** Changes a membership, if the client may. */
  private void change(
      Operation operation,
      String action,
      String group,
      Connection connection,
      @Nullable AckId ackId,
      Runnable change) {
    ClientDetails details = ClientDetails.ofGroup(operation, connection, group, ackId);
    boolean allowed = connection.mayJoinOrLeave(group);
    AckError error =
        orFault(refusal(connection, ackId, allowed, action, group), connection, ackId, details);
    if (error == null) {
      change.run();
    }
    end(connection, details, ackId, error, 1);
  }

  @Override
  public void sendToGroup(SendToGroup request, Connection connection) {
    String group = request.group();
    AckId ackId = request.ackId();
    AckError error = refusal(connection, ackId, connection.maySendTo(group), "send to", group);
    if (error == null && ackId != null && faults.plan() != null) { // the rest comes later
      error = orFault(null, connection, ackId, ClientDetails.ofSend(connection, request, false));
    }
    int receivers = error == null ? messages.publish(connection, request) : 0;
    boolean echoes = error == null && !request.noEcho() && connection.groups().contains(group);
    end(connection, ClientDetails.ofSend(connection, request, echoes), ackId, error, receivers);
  }

  @Override
  public void sequenceAck(SequenceAck request, Connection connection) {
    ReplayBuffer buffer = connection.unacknowledged();
    if (buffer != null) { // others ignore it (client-protocols E.2)
      buffer.acknowledge(request.sequenceId());
    }
  }

  private static @Nullable AckError duplicate(Connection connection, @Nullable AckId ackId) {
    return ackId != null && connection.ackMemory().contains(ackId)
        ? new AckError("Duplicate", "Message with ack-id: " + ackId + " has been processed")
        : null;
  }

  /** The error of a request that is not carried out; null otherwise. */
  private static @Nullable AckError refusal(
      Connection connection, @Nullable AckId ackId, boolean allowed, String action, String group) {
    AckError duplicate = duplicate(connection, ackId);
    if (duplicate != null || allowed) {
      return duplicate;
    }
    return new AckError(
        "Forbidden",
        "The client does not have permission to " + action + " group '" + group + "'.");
  }

  /** The error by which a fault refuses a request that is acknowledged, if nothing else does. */
  private @Nullable AckError orFault(
      @Nullable AckError error,
      Connection connection,
      @Nullable AckId ackId,
      ClientDetails details) {
    FaultPlan plan = faults.plan();
    return error != null || plan == null || ackId == null
        ? error
        : plan.refusal(operation(connection, details, Result.done("ok", 0)));
  }

  private static void remember(
      Connection connection, @Nullable AckId ackId, @Nullable AckError error) {
    if (error == null && ackId != null) {
      connection.ackMemory().remember(ackId);
    }
  }

  private void end(
      Connection connection,
      ClientDetails details,
      @Nullable AckId ackId,
      @Nullable AckError error,
      int connections) {
    remember(connection, ackId, error);
    RecordedOperation done = observe(connection, details, result(error, connections));
    if (error != null && connection.protocol() == Subprotocol.RAW) {
      hub.end(
          connection,
          new End.Failed(End.Failed.POLICY_VIOLATION, RAW_NOT_AUTHORIZED, error.message()));
      return;
    }
    answer(connection, ackId, error, done);
  }

  private void answer(
      Connection connection,
      @Nullable AckId ackId,
      @Nullable AckError error,
      RecordedOperation done) {
    if (ackId == null) {
      return;
    }
    FaultPlan plan = faults.plan();
    Receiver socket = plan == null ? null : connection.receiver();
    AckFate fate = plan == null || socket == null ? AckFate.USUAL : plan.onAck(done, ackId, socket);
    AckId sent = fate.otherId() == null ? ackId : fate.otherId();
    FrameEffect effect = fate.frame();
    if (effect == null) {
      messages.deliver(connection, new Ack(sent, error));
    } else {
      messages.deliver(connection, new Ack(sent, error), effect);
    }
  }

  // ---- events (client-protocols E.6, event-handlers 7)

  @Override
  public void event(Event request, Connection connection) {
    ClientDetails details = ClientDetails.ofEvent(connection, request);
    AckId ackId = request.ackId();
    AckError refused = orFault(duplicate(connection, ackId), connection, ackId, details);
    if (refused != null) {
      answer(connection, ackId, refused, observe(connection, details, result(refused, 0)));
      return;
    }
    connection.mailbox().beginWaiting();
    Consumer<EventOutcome> end = outcome -> complete(connection, request, outcome);
    connection.events().userEvent(request, outcome -> turns.complete(connection, end, outcome));
  }

  /** Handles the application's answer; the client may have disconnected meanwhile. */
  private void complete(Connection connection, Event event, EventOutcome outcome) {
    AckId ackId = event.ackId();
    String failure = outcome.failure();
    AckError error =
        failure == null ? null : new AckError(INTERNAL_ERROR_NAME, INTERNAL_ERROR_TEXT);
    remember(connection, ackId, error);
    RecordedOperation done =
        observe(
            connection,
            ClientDetails.ofEvent(connection, event),
            failure == null
                ? Result.done("ok", 0)
                : Result.refused(INTERNAL_ERROR_NAME, failure)); // the client is not told why
    if (connection.hasEnded()) {
      return;
    }
    Payload reply = outcome.reply();
    if (reply != null) {
      messages.reply(connection, reply);
    }
    boolean raw = connection.protocol() == Subprotocol.RAW;
    if (!raw && !connection.hasEnded()) { // the reply may have overflowed its buffer
      answer(connection, ackId, error, done);
    }
    Options options = hub.service().options();
    if (failure != null && (raw || options.isOn(Option.DROP_ON_USER_EVENT_FAILURE))) {
      int code = raw ? options.get(Setting.RAW_FAILURE_CLOSE_CODE) : End.Failed.INTERNAL_ERROR;
      String reason = code == End.Failed.INTERNAL_ERROR ? INTERNAL_ERROR_TEXT : "";
      hub.end(connection, new End.Failed(code, reason, failure));
    }
  }

  private static Result result(@Nullable AckError error, int connections) {
    return error == null
        ? Result.done("ok", connections)
        : Result.refused(error.name(), error.message());
  }

  private RecordedOperation observe(Connection connection, ClientDetails details, Result result) {
    RecordedOperation operation = operation(connection, details, result);
    hub.service().observe(operation);
    return operation;
  }

  private RecordedOperation operation(Connection connection, ClientDetails details, Result result) {
    return new RecordedOperation(
        details.operation(),
        Caller.client(connection.userId(), connection.id()),
        hub.name(),
        details,
        result,
        hub.service().timeline().now());
  }
}
