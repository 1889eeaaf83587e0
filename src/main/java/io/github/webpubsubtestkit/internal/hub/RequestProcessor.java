package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Setting;
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
      bring(connection, event);
    } else if (request instanceof SequenceAck ack) {
      ReplayBuffer buffer = connection.unacknowledged();
      if (buffer != null) { // to others it means nothing (client-protocols E.2)
        buffer.acknowledge(ack.sequenceId());
      }
    }
  }

  private void acknowledge(
      Connection connection, String name, @Nullable String group, ClientRequest request) {
    AckError error = duplicate(connection, request);
    if (error == null) {
      error = execute(connection, request);
      remember(connection, request, error);
    }
    observe(connection, name, group, request, error);
    if (error != null && connection.protocol() == Subprotocol.RAW) {
      hub.lifecycle().fail(connection, POLICY_VIOLATION, RAW_NOT_AUTHORIZED, error.message());
      return;
    }
    answer(connection, request, error);
  }

  private static @Nullable AckError duplicate(Connection connection, ClientRequest request) {
    AckId ackId = request.ackId();
    return ackId != null && connection.ackMemory().contains(ackId)
        ? new AckError("Duplicate", "Message with ack-id: " + ackId + " has been processed")
        : null;
  }

  private static void remember(
      Connection connection, ClientRequest request, @Nullable AckError error) {
    AckId ackId = request.ackId();
    if (error == null && ackId != null) {
      connection.ackMemory().remember(ackId);
    }
  }

  private void answer(Connection connection, ClientRequest request, @Nullable AckError error) {
    AckId ackId = request.ackId();
    if (ackId != null) {
      hub.deliver(connection, new Ack(ackId, error));
    }
  }

  // ---- events (client-protocols E.6, event-handlers 7)

  private void bring(Connection connection, Event event) {
    AckError duplicate = duplicate(connection, event);
    if (duplicate != null) {
      observe(connection, "event", null, event, duplicate);
      answer(connection, event, duplicate);
      return;
    }
    connection.mailbox().beginWaiting();
    connection
        .events()
        .userEvent(
            event,
            outcome ->
                hub.lifecycle().settle(connection, () -> settle(connection, event, outcome)));
  }

  /** The answer of the application; the client may have gone meanwhile. */
  private void settle(Connection connection, Event event, EventOutcome outcome) {
    AckError error =
        outcome instanceof Failed ? new AckError(INTERNAL_ERROR_NAME, INTERNAL_ERROR_TEXT) : null;
    remember(connection, event, error);
    observe(connection, "event", null, event, error);
    if (connection.hasEnded()) {
      return;
    }
    if (outcome instanceof Taken taken && taken.reply() != null) {
      hub.reply(connection, taken.reply());
    }
    boolean raw = connection.protocol() == Subprotocol.RAW;
    if (!raw && !connection.hasEnded()) { // the reply may have been too much for its buffer
      answer(connection, event, error);
    }
    if (outcome instanceof Failed failed
        && (raw || hub.options().isOn(Option.DROP_ON_USER_EVENT_FAILURE))) {
      int code = raw ? hub.options().get(Setting.RAW_FAILURE_CLOSE_CODE) : INTERNAL_ERROR;
      String reason = code == INTERNAL_ERROR ? INTERNAL_ERROR_TEXT : "";
      hub.lifecycle().fail(connection, code, reason, failed.detail());
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
    }
    return null;
  }

  private static AckError forbidden(String action, String group) {
    return new AckError(
        "Forbidden",
        "The client does not have permission to " + action + " group '" + group + "'.");
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
