package io.github.webpubsubtestkit.internal.wire;

import org.jspecify.annotations.Nullable;

/** What a client asks of the service (client-protocols E.2). */
public sealed interface ClientRequest {

  /** The id under which an ack is wanted, or null for none. */
  default @Nullable AckId ackId() {
    return null;
  }

  /** Become a member of a group. */
  record JoinGroup(String group, @Override @Nullable AckId ackId) implements ClientRequest {}

  /** Cease to be a member of a group. */
  record LeaveGroup(String group, @Override @Nullable AckId ackId) implements ClientRequest {}

  /** Publish to the members of a group; {@code ttlSeconds} 0 means without expiry. */
  record SendToGroup(
      String group,
      Payload payload,
      boolean noEcho,
      int ttlSeconds,
      @Override @Nullable AckId ackId)
      implements ClientRequest {}

  /** A user event for the application. */
  record Event(String event, Payload payload, @Override @Nullable AckId ackId)
      implements ClientRequest {}

  /** Ask for a pong. */
  record Ping() implements ClientRequest {}

  /** Cumulative acknowledgement of a reliable client; the id is unsigned. */
  record SequenceAck(long sequenceId) implements ClientRequest {}
}
