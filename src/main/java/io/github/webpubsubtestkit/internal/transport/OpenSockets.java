package io.github.webpubsubtestkit.internal.transport;

import java.util.ArrayList;
import java.util.List;

/** The sockets of a loop, in a form that can be gone through without memory. Loop thread only. */
final class OpenSockets {

  private final List<Acceptor> acceptors = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private boolean closing;

  void add(Acceptor acceptor) {
    acceptors.add(acceptor);
  }

  /** Adds an endpoint, which has to be told its place. */
  void add(Endpoint endpoint) {
    endpoints.add(endpoint);
    endpoint.placeIs(endpoints.size() - 1);
  }

  /** The last endpoint takes the place of one that is closed. */
  void remove(Endpoint endpoint) {
    int place = endpoint.place();
    if (closing || place < 0) {
      return;
    }
    endpoint.placeIs(-1);
    Endpoint last = endpoints.remove(endpoints.size() - 1);
    if (last != endpoint) {
      endpoints.set(place, last);
      last.placeIs(place);
    }
  }

  /** How many sockets are open, without the listening ones. */
  int size() {
    return endpoints.size();
  }

  /**
   * Closes everything: last words of all connections, before any socket is closed. No socket is
   * left out because another one fails.
   */
  void close() {
    closing = true;
    for (int i = 0; i < acceptors.size(); i++) {
      acceptors.get(i).close();
    }
    for (int i = 0; i < endpoints.size(); i++) {
      endpoints.get(i).stop();
    }
    for (int i = 0; i < endpoints.size(); i++) {
      endpoints.get(i).release(false);
    }
  }
}
