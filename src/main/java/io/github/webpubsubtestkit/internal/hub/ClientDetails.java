package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Payload;
import org.jspecify.annotations.Nullable;

/** The details of a connected client's request. */
record ClientDetails(
    String request, @Nullable String group, @Nullable String event, @Nullable Payload payload)
    implements RequestDetails {

  /** A request about a group. */
  static ClientDetails ofGroup(
      Connection connection, Operation operation, String group, @Nullable Payload payload) {
    return new ClientDetails(operation + " by " + connection.label(), group, null, payload);
  }

  /** A user event. */
  static ClientDetails ofEvent(Connection connection, Event event) {
    return new ClientDetails(
        Operation.EVENT + " by " + connection.label(), null, event.event(), event.payload());
  }
}
