package com.example.faults;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A WebSocket of one of the outside clients, and what it sees:
 *
 * <pre>
 * open SUBPROTOCOL    refused WHY    text TEXT    binary HEX    ping    close CODE REASON    error WHY
 * </pre>
 */
abstract class Socket extends Observed {

  Socket(Outside kind) {
    super(kind.toString());
  }

  /** Sends a text message. */
  abstract void send(String text);

  /** Gives the connection up, without waiting for anyone. */
  abstract void end();

  /**
   * How to open one.
   *
   * @param url the client URL
   * @param subprotocol the one to offer, if any
   * @param patience how long the client waits for the service, as far as it can be told
   */
  record Opening(URI url, Optional<String> subprotocol, Optional<Duration> patience) {}

  /** Sends a request of the PubSub protocol. */
  final void request(String json) {
    send(json.replace('\'', '"'));
  }

  /** Waits for a message of the PubSub protocol with this text. */
  final String seesMessage(String text) {
    return seesContaining("\"data\":\"" + text + "\"");
  }

  /** Returns how many messages with this text have come so far. */
  final int messages(String text) {
    return soFarWith("\"data\":\"" + text + "\"").size();
  }
}
