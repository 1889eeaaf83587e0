package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.net.URI;
import java.util.List;

/**
 * A client's request to open a WebSocket.
 *
 * @param uri a {@code ws://} or {@code wss://} address; the raw path and query are sent unchanged
 * @param headers additional header lines, for example {@code Authorization}
 * @param subprotocols the subprotocols offered, in this order; may be empty
 */
public record ClientHandshake(URI uri, HttpHeaders headers, List<String> subprotocols) {

  /** The address, without its secrets. */
  @Override
  public String toString() {
    return Secrets.mask(uri.toString());
  }
}
