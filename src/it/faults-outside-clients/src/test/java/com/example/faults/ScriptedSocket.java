package com.example.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A WebSocket of {@code sockets.js}, on Node.js or in the browser. */
final class ScriptedSocket extends Socket {

  private final String id;
  private final Consumer<Map<String, ?>> script;

  ScriptedSocket(
      Outside kind,
      Opening opening,
      Function<Observed, String> register,
      Consumer<Map<String, ?>> script) {
    super(kind);
    this.id = register.apply(this);
    this.script = script;
    script.accept(
        Map.of(
            "do", "open",
            "id", id,
            "url", opening.url().toString(),
            "protocols", opening.subprotocol().map(List::of).orElse(List.of()),
            "options", opening.patience().map(ScriptedSocket::options).orElse(Map.of())));
  }

  private static Map<String, Object> options(Duration patience) {
    return Map.of("handshakeTimeout", patience.toMillis());
  }

  @Override
  void send(String text) {
    script.accept(Map.of("do", "send", "id", id, "text", text));
  }

  @Override
  void end() {
    script.accept(Map.of("do", "close", "id", id));
  }
}
