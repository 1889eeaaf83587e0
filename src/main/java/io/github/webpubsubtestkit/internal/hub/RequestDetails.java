package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The details of a request. Texts are created only on demand. */
public interface RequestDetails {

  /** One line that shows the request, secrets masked. */
  String request();

  /** What the timeline calls the client that asks; null for a server and a handshake. */
  default @Nullable String label() {
    return null;
  }

  /** Returns whether it asks for an ack, as only connected clients can. */
  default boolean hasAckId() {
    return false;
  }

  /** What else is worth telling of its effect; may be empty. */
  default String remark() {
    return "";
  }

  /** The target connection. */
  default @Nullable String connectionId() {
    return null;
  }

  /** The target user. */
  default @Nullable String userId() {
    return null;
  }

  /** The target group. */
  default @Nullable String group() {
    return null;
  }

  /** The name of a user event. */
  default @Nullable String event() {
    return null;
  }

  /** The subprotocols that the client of a handshake can speak; empty for all but a handshake. */
  default List<String> offeredSubprotocols() {
    return List.of();
  }

  /** The groups that a connection is in from its first moment; empty for all but a handshake. */
  default Set<String> firstGroups() {
    return Set.of();
  }

  /** The payload to send. */
  default @Nullable Payload payload() {
    return null;
  }

  /** The query of a REST call, decoded; empty for a client's request. */
  default Map<String, List<String>> parameters() {
    return Map.of();
  }

  /** The same as a call over REST; null for a client's request. */
  default @Nullable RestDetails http() {
    return null;
  }
}
