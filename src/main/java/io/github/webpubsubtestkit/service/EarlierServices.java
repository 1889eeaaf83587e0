package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * The services that a JUnit extension has run before this one. An application that is not started
 * anew, because Spring keeps its context from class to class, still uses the address of one.
 */
final class EarlierServices {

  private static final String REMEDY =
      " An application that keeps that address, as one in a cached Spring context does, needs"
          + " WebPubSubExtension.builder().suiteScoped()";

  private volatile List<URI> endpoints = List.of();

  /** Sets where they listened, the latest first. */
  void are(List<URI> known) {
    endpoints = List.copyOf(known);
  }

  /** The hint that an application may have an old address, if none has called so far. */
  List<String> hints(Journal journal) {
    List<URI> known = endpoints;
    if (known.isEmpty() || journal.operations().stream().anyMatch(EarlierServices::isOfServer)) {
      return List.of();
    }
    return List.of(
        "no REST request has come to this service; an earlier service of this extension listened"
            + " on "
            + known.get(0).getAuthority()
            + " and is closed."
            + REMEDY);
  }

  /** The explanation of a URL at which nobody listens any more. */
  List<String> explain(WebSocketAddress clientUrl) {
    for (URI each : endpoints) {
      if (each.getPort() == clientUrl.port()) {
        return List.of(
            "an earlier service of this extension listened on "
                + each.getAuthority()
                + " and is closed; this one is at another address."
                + REMEDY);
      }
    }
    return List.of();
  }

  private static boolean isOfServer(RecordedOperation operation) {
    return operation.http() != null;
  }
}
