package io.github.webpubsubtestkit.benchmark.rival;

import java.net.URI;

/**
 * A server that somebody without the kit would start in a test: it sends each text message to all
 * that are connected, the sender included.
 */
public interface Rival extends AutoCloseable {

  /** Where it listens, on a free port of the loopback address. */
  int port();

  /** The clients that it knows. */
  Arrivals arrivals();

  /** The address for WebSocket clients. */
  default URI uri() {
    return URI.create("ws://127.0.0.1:" + port() + "/");
  }

  /** Stops it, as its users do in tests. */
  @Override
  void close() throws Exception;

  /** How to start one. */
  interface Start {
    Rival start() throws Exception;
  }
}
