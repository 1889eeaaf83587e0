package com.example.faults;

import java.util.function.BiFunction;

/** WebSocket clients that have nothing to do with the kit. */
enum Outside {
  WS("ws", (store, opening) -> store.node().open(opening)),
  BROWSER("the browser's WebSocket", (store, opening) -> store.browser().open(opening)),
  JDK("the JDK's WebSocket", (store, opening) -> new JdkSocket(opening)),
  OKHTTP("OkHttp", (store, opening) -> new OkHttpSocket(opening)),
  TYRUS("Tyrus", (store, opening) -> new TyrusSocket(opening));

  private final String name;
  private final BiFunction<OutsideClients.Programs, Socket.Opening, Socket> open;

  Outside(String name, BiFunction<OutsideClients.Programs, Socket.Opening, Socket> open) {
    this.name = name;
    this.open = open;
  }

  Socket open(OutsideClients.Programs programs, Socket.Opening opening) {
    return open.apply(programs, opening);
  }

  @Override
  public String toString() {
    return name;
  }
}
