package io.github.webpubsubtestkit.internal.wire;

/** The client's side of a subprotocol. */
public interface ClientCodec extends ClientRequest.Encoder {

  /** Writes a request. */
  default EncodedMessage encode(ClientRequest request) {
    return request.encode(this);
  }

  /**
   * Reads a message of the service.
   *
   * @throws MalformedMessageException if it is invalid
   */
  ServiceMessage decode(boolean text, byte[] message) throws MalformedMessageException;
}
