package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.List;
import java.util.Optional;

/**
 * One handshake.
 *
 * @param offered the subprotocols that the client can speak, in its order
 * @param line its description in the timeline and the recorded requests, without secrets
 */
record Handshake(HttpRequest request, HttpExchange exchange, List<String> offered, String line) {

  static Handshake of(HttpRequest request, HttpExchange exchange) {
    List<String> offered = request.headers().listed("Sec-WebSocket-Protocol");
    String line =
        request.method()
            + " "
            + UrlQuery.readable(request.target())
            + (offered.isEmpty() ? "" : Secrets.mask("  offers " + String.join(", ", offered)));
    return new Handshake(request, exchange, offered, line);
  }

  /**
   * The first offered subprotocol that is predefined, in the client's spelling (client-protocols
   * A.4).
   */
  Optional<String> firstPredefined() {
    return offered.stream().filter(each -> Subprotocol.predefined(each).isPresent()).findFirst();
  }

  /** A subprotocol in the client's spelling; by its own name if the client has not offered it. */
  String spelled(Subprotocol protocol) {
    return offered.stream()
        .filter(each -> each.equalsIgnoreCase(protocol.wireName()))
        .findFirst()
        .orElse(protocol.wireName());
  }
}
