package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;

/**
 * A message that is ready for any number of receivers: encoded once and framed once per
 * subprotocol.
 */
public interface Outbound {

  /** The message in the receivers' subprotocol. */
  EncodedMessage message();
}
