package io.github.webpubsubtestkit.internal.wire;

import org.jspecify.annotations.Nullable;

/** What the service sends to a client (client-protocols E.4). */
public sealed interface ServiceMessage {

  /** The first message of a connection; the token only on reliable subprotocols. */
  record Connected(String connectionId, @Nullable String userId, @Nullable String reconnectionToken)
      implements ServiceMessage {}

  /** Announces a close that the service decided. */
  record Disconnected(String message) implements ServiceMessage {}

  /** The outcome of a request; {@code error} is null on success. */
  record Ack(AckId ackId, @Nullable AckError error) implements ServiceMessage {

    /** Whether the request was carried out. */
    public boolean success() {
      return error == null;
    }
  }

  /** Why a request failed, for example {@code Forbidden} (client-protocols E.5). */
  record AckError(String name, String message) {}

  /**
   * Data from a group; {@code fromUserId} is null for a sender without user id, {@code sequenceId}
   * (unsigned) is null on subprotocols that are not reliable.
   */
  record GroupData(
      String group, @Nullable String fromUserId, Payload payload, @Nullable Long sequenceId)
      implements ServiceMessage {}

  /**
   * Data from the server: a REST send to a connection, user or hub, or an event handler's reply.
   */
  record ServerData(Payload payload, @Nullable Long sequenceId) implements ServiceMessage {}

  /** The answer to a ping. */
  record Pong() implements ServiceMessage {}
}
