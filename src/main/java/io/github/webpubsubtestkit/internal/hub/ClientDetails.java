package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.AckId;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The request of a connected client.
 *
 * @param label what the timeline calls the client
 * @param echoes true if the client receives what it sent
 * @param hasAckId true if the client waits for an ack
 */
record ClientDetails(
    Operation operation,
    @Override String label,
    @Nullable String group,
    @Nullable String event,
    @Nullable Payload payload,
    boolean echoes,
    @Override boolean hasAckId)
    implements RequestDetails {

  /** A request about a group, without data. */
  static ClientDetails ofGroup(
      Operation operation, Connection connection, String group, @Nullable AckId ackId) {
    return new ClientDetails(
        operation, connection.label(), group, null, null, false, ackId != null);
  }

  /** A user event. */
  static ClientDetails ofEvent(Connection connection, Event event) {
    return new ClientDetails(
        Operation.EVENT,
        connection.label(),
        null,
        event.event(),
        event.payload(),
        false,
        event.ackId() != null);
  }

  /** A message to a group. */
  static ClientDetails ofSend(Connection connection, SendToGroup send, boolean echoes) {
    return new ClientDetails(
        Operation.SEND_TO_GROUP,
        connection.label(),
        send.group(),
        null,
        send.payload(),
        echoes,
        send.ackId() != null);
  }

  @Override
  public String remark() {
    return echoes ? "the sender itself included" : "";
  }

  @Override
  public String request() {
    return operation + " by " + label;
  }
}
