package io.github.webpubsubtestkit.internal.transport;

import java.util.ArrayList;
import java.util.List;

/** The sockets of a loop, in a form that can be gone through without memory. Loop thread only. */
final class OpenSockets {

  private final List<LoopSocket> sockets = new ArrayList<>();
  private boolean closing;

  void add(LoopSocket socket) {
    sockets.add(socket);
    socket.placeIs(sockets.size() - 1);
  }

  /** The last socket takes the place of one that is closed. */
  void remove(LoopSocket socket) {
    int place = socket.place();
    if (closing || place < 0) {
      return;
    }
    socket.placeIs(-1);
    LoopSocket last = sockets.remove(sockets.size() - 1);
    if (last != socket) {
      sockets.set(place, last);
      last.placeIs(place);
    }
  }

  /** How many sockets are open. */
  int size() {
    return sockets.size();
  }

  /** Closes everything: first the last words of all, then the sockets. */
  void close() {
    closing = true;
    for (int i = 0; i < sockets.size(); i++) {
      sockets.get(i).sayLastWord();
    }
    for (int i = 0; i < sockets.size(); i++) {
      sockets.get(i).release(false);
    }
  }
}
