package io.github.webpubsubtestkit.internal.transport;

import java.util.List;

/**
 * A client's request to open a WebSocket.
 *
 * @param address where to
 * @param headers additional header lines, for example {@code Authorization}
 * @param subprotocols the subprotocols offered, in this order; may be empty
 */
public record ClientHandshake(
    WebSocketAddress address, HttpHeaders headers, List<String> subprotocols) {

  /** The address, without its secrets. */
  @Override
  public String toString() {
    return address.toString();
  }
}
