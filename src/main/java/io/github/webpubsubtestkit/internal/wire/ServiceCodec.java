package io.github.webpubsubtestkit.internal.wire;

import org.jspecify.annotations.Nullable;

/** The service's side of a subprotocol. */
public interface ServiceCodec {

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
  @Nullable EncodedMessage encode(ServiceMessage message);
}
