package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.net.URI;
import java.util.List;

/**
 * What a client sends to open a WebSocket.
 *
 * @param uri a {@code ws://} address; the raw path and query go out as they stand
 * @param headers additional header lines, for example {@code Authorization}
 * @param subprotocols offered in this order, none if empty
 */
public record ClientHandshake(URI uri, HttpHeaders headers, List<String> subprotocols) {

  /** The address, without what is secret in it. */
  @Override
  public String toString() {
    return Secrets.mask(uri.toString());
  }
}
