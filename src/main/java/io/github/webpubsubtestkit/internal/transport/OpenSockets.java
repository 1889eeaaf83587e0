package io.github.webpubsubtestkit.internal.transport;

import java.util.ArrayList;
import java.util.List;

/** The sockets of a loop, which can be iterated without allocation. Loop thread only. */
final class OpenSockets {

  private final List<LoopSocket> sockets = new ArrayList<>();
  private boolean closing;

  void add(LoopSocket socket) {
    sockets.add(socket);
    socket.placeIs(sockets.size() - 1);
  }

  /** Removes a closed socket; the last one takes its place. */
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

  /** The open sockets at this moment. */
  List<LoopSocket> all() {
    return List.copyOf(sockets);
  }

  /** The number of open sockets. */
  int size() {
    return sockets.size();
  }

  /** Closes everything: first sends the final output of all sockets, then closes them. */
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
