package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Timeline;
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
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a client asks, in the order of client-protocols E.1: duplicate, permission,
 * action, memory, ack. Runs under the hub's lock.
 */
final class RequestProcessor {

  private static final int POLICY_VIOLATION = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final String RAW_NOT_AUTHORIZED =
      "The connection is not authorized for raw sendToGroup mode.";
  private static final String INTERNAL_ERROR_NAME = "InternalServerError";
  private static final String NOBODY_TAKES_IT =
      "no event handler and no listener takes its message";
  private static final String INTERNAL_ERROR_TEXT = "Internal server error";

  private final Hub hub;
  private final Timeline timeline;
  private final Consumer<Operation> observer;

  RequestProcessor(Hub hub, Timeline timeline, Consumer<Operation> observer) {
    this.hub = hub;
    this.timeline = timeline;
    this.observer = observer;
  }

  void process(Connection connection, ClientRequest request) {
    if (request instanceof Ping) {
      hub.deliver(connection, new Pong());
    } else if (request instanceof JoinGroup join) {
      acknowledge(connection, "joinGroup", join.group(), join);
    } else if (request instanceof LeaveGroup leave) {
      acknowledge(connection, "leaveGroup", leave.group(), leave);
    } else if (request instanceof SendToGroup send) {
      acknowledge(connection, "sendToGroup", send.group(), send);
    } else if (request instanceof Event event) {
      acknowledge(connection, "event", null, event);
    } else if (request instanceof SequenceAck ack) {
      ReplayBuffer buffer = connection.unacknowledged();
      if (buffer != null) { // to others it means nothing (client-protocols E.2)
        buffer.acknowledge(ack.sequenceId());
      }
    }
  }

  private void acknowledge(
      Connection connection, String name, @Nullable String group, ClientRequest request) {
    AckId ackId = request.ackId();
    AckError error;
    if (ackId != null && connection.ackMemory().contains(ackId)) {
      error = new AckError("Duplicate", "Message with ack-id: " + ackId + " has been processed");
    } else {
      error = execute(connection, request);
      if (error == null && ackId != null) {
        connection.ackMemory().remember(ackId);
      }
    }
    observe(connection, name, group, request, error);
    if (error != null && connection.protocol() == Subprotocol.RAW) {
      failRaw(connection, error);
      return;
    }
    if (ackId != null) {
      hub.deliver(connection, new Ack(ackId, error));
    }
    if (error != null && request instanceof Event && dropsOnFailure(error)) {
      hub.lifecycle().fail(connection, INTERNAL_ERROR, INTERNAL_ERROR_TEXT, NOBODY_TAKES_IT);
    }
  }

  private @Nullable AckError execute(Connection connection, ClientRequest request) {
    if (request instanceof JoinGroup join) {
      if (!connection.mayJoinOrLeave(join.group())) {
        return forbidden("join", join.group());
      }
      hub.join(connection, join.group());
    } else if (request instanceof LeaveGroup leave) {
      if (!connection.mayJoinOrLeave(leave.group())) {
        return forbidden("leave", leave.group());
      }
      hub.leave(connection, leave.group());
    } else if (request instanceof SendToGroup send) {
      if (!connection.maySendTo(send.group())) {
        return forbidden("send to", send.group());
      }
      hub.publish(connection, send);
    } else if (request instanceof Event event
        && !hub.eventSink().accept(connection.view(), event)) {
      return new AckError(INTERNAL_ERROR_NAME, INTERNAL_ERROR_TEXT);
    }
    return null;
  }

  private static AckError forbidden(String action, String group) {
    return new AckError(
        "Forbidden",
        "The client does not have permission to " + action + " group '" + group + "'.");
  }

  /** A raw client has no acks; what cannot be done closes it (client-protocols D.1, D.2). */
  private void failRaw(Connection connection, AckError error) {
    if (error.name().equals("Forbidden")) {
      hub.lifecycle().fail(connection, POLICY_VIOLATION, RAW_NOT_AUTHORIZED, error.message());
    } else {
      int code = hub.options().rawFailureCloseCode();
      String reason = code == INTERNAL_ERROR ? INTERNAL_ERROR_TEXT : "";
      hub.lifecycle().fail(connection, code, reason, NOBODY_TAKES_IT);
    }
  }

  /** Whether an event that was executed, and failed, ends the connection (client-protocols D02). */
  private boolean dropsOnFailure(AckError error) {
    return hub.options().dropOnUserEventFailure() && error.name().equals(INTERNAL_ERROR_NAME);
  }

  private void observe(
      Connection connection,
      String name,
      @Nullable String group,
      ClientRequest request,
      @Nullable AckError error) {
    Payload payload = null;
    String event = null;
    if (request instanceof SendToGroup send) {
      payload = send.payload();
    } else if (request instanceof Event sent) {
      payload = sent.payload();
      event = sent.event();
    }
    observer.accept(
        new Operation(
            name,
            Caller.CLIENT,
            hub.name(),
            connection.userId(),
            connection.id(),
            null,
            null,
            group,
            event,
            payload,
            Map.of(),
            name + " by " + connection.label(),
            error == null ? "ok" : error.name(),
            error == null,
            timeline.now()));
  }
}
