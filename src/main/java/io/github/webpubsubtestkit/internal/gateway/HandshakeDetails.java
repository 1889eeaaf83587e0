package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.RequestDetails;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handshake on record.
 *
 * @param request one line that shows it, secrets masked
 * @param offeredSubprotocols those that the client can speak
 * @param firstGroups the groups that its connection begins with
 * @param subprotocol that the connection speaks, empty for none; null if it was not opened
 */
record HandshakeDetails(
    @Override String request,
    @Override List<String> offeredSubprotocols,
    @Override Set<String> firstGroups,
    @Nullable String subprotocol)
    implements RequestDetails {

  /** A handshake that opened no connection. */
  static HandshakeDetails of(Handshake handshake) {
    return new HandshakeDetails(handshake.line(), handshake.offered(), Set.of(), null);
  }

  @Override
  public String remark() {
    if (subprotocol == null) {
      return "";
    }
    return subprotocol.isEmpty() ? "without subprotocol" : "connected";
  }
}
