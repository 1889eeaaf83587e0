package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;

/**
 * A message that is ready for any number of receivers: encoded once and framed once per
 * subprotocol.
 */
public interface Outbound {

  /** The message as the receivers' subprotocol writes it. */
  EncodedMessage message();
}
