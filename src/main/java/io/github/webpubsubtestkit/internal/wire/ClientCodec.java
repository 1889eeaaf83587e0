package io.github.webpubsubtestkit.internal.wire;

/** The client's side of a subprotocol. */
public interface ClientCodec {

  /** Writes a request. */
  EncodedMessage encode(ClientRequest request);

  /**
   * Reads a message of the service.
   *
   * @throws MalformedMessageException if it is none
   */
  ServiceMessage decode(boolean text, byte[] message) throws MalformedMessageException;
}
