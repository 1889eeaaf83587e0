package io.github.webpubsubtestkit.internal.wire;

import org.jspecify.annotations.Nullable;

/** The service's side of a subprotocol. */
public interface ServiceCodec extends ServiceMessage.Encoder {

  /**
   * Reads a client's message.
   *
   * @throws ProtocolViolation if the connection must be closed for it
   */
  ClientRequest decode(boolean text, byte[] message) throws ProtocolViolation;

  /**
   * Writes a message, or returns null if clients of this kind do not receive it (for example, a raw
   * client receives no ack).
   */
  default @Nullable EncodedMessage encode(ServiceMessage message) {
    return message.encode(this);
  }

  /**
   * Inserts one receiver's sequence id into a message (client-protocols F.1). The part shared by
   * all receivers is encoded once, without an id.
   *
   * @param message data that {@link #encode} has written without a sequence id
   * @param sequenceId unsigned, not 0
   * @throws IllegalStateException if no reliable subprotocol is served
   */
  default EncodedMessage withSequenceId(EncodedMessage message, long sequenceId) {
    throw new IllegalStateException(getClass().getSimpleName() + " serves no reliable subprotocol");
  }
}
