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
   * Writes a message, or gives null where clients of this kind get nothing (a raw client gets no
   * ack, say).
   */
  default @Nullable EncodedMessage encode(ServiceMessage message) {
    return message.encode(this);
  }

  /**
   * The same message with one receiver's sequence id in it (client-protocols F.1). What all
   * receivers share is encoded once, without an id; this only puts the id in.
   *
   * @param message data that {@link #encode} has written without a sequence id
   * @param sequenceId unsigned, not 0
   * @throws IllegalStateException if no reliable subprotocol is served
   */
  default EncodedMessage withSequenceId(EncodedMessage message, long sequenceId) {
    throw new IllegalStateException(getClass().getSimpleName() + " serves no reliable subprotocol");
  }
}
