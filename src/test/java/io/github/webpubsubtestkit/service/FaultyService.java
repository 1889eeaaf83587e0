package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.conformance.UpgradeRequest;
import io.github.webpubsubtestkit.conformance.WireClient;
import io.github.webpubsubtestkit.conformance.WireFrame;
import io.github.webpubsubtestkit.conformance.WireJsonClient;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/** A fake with clients that see every frame as it comes. */
final class FaultyService implements AutoCloseable {

  private final FakeWebPubSub fake;
  private final Deque<WireClient> clients = new ArrayDeque<>();

  FaultyService(FakeWebPubSub fake) {
    this.fake = fake;
  }

  FakeWebPubSub fake() {
    return fake;
  }

  Faults faults() {
    return fake.faults();
  }

  /** Sends texts to all. */
  void send(String... texts) {
    for (String each : texts) {
      fake.sendToAll(each);
    }
  }

  /** A client of the JSON subprotocol, {@code connected} already read. */
  WireJsonClient json(String userId) {
    return WireJsonClient.on(open(userId, Protocol.JSON));
  }

  /** A client of the reliable JSON subprotocol, {@code connected} already read. */
  WireJsonClient reliable(String userId) {
    return WireJsonClient.on(open(userId, Protocol.JSON_RELIABLE));
  }

  /** A client without a subprotocol. */
  WireClient simple(String userId) {
    return opened(WireClient.open(fake.endpoint(), request(userId)));
  }

  /** A client of a subprotocol, nothing read. */
  WireClient open(String userId, Protocol protocol) {
    return opened(WireClient.open(fake.endpoint(), upgrade(userId, protocol)));
  }

  /** A handshake of a client of a subprotocol. */
  UpgradeRequest upgrade(String userId, Protocol protocol) {
    return request(userId).offering(Subprotocol.valueOf(protocol.name()).wireName());
  }

  private UpgradeRequest request(String userId) {
    URI url = fake.clientUrl(asUser(userId));
    return UpgradeRequest.to(url.getRawPath() + "?" + url.getRawQuery());
  }

  /** Gets a connection back on a new socket; nothing of what it brings is read. */
  WireJsonClient recover(WireJsonClient original) {
    return original.continuedOn(opened(WireClient.open(fake.endpoint(), recovery(original))));
  }

  /** A handshake that gets a connection back. */
  static UpgradeRequest recovery(WireJsonClient original) {
    return UpgradeRequest.to(
            "/client/hubs/hub?awps_connection_id=%s&awps_reconnection_token=%s"
                .formatted(original.connectionId(), original.reconnectionToken()))
        .offering(Subprotocol.JSON_RELIABLE.wireName());
  }

  /** A message of the server as a client of the JSON subprotocol gets it. */
  static String message(String text) {
    return "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\",\"data\":\"%s\"}"
        .formatted(text);
  }

  /** The same as a reliable client gets it. */
  static String message(String text, long sequenceId) {
    return ("{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\",\"data\":\"%s\","
            + "\"sequenceId\":%d}")
        .formatted(text, sequenceId);
  }

  /** Answers the next ping of the service. */
  static void answerPing(WireClient client) {
    WireFrame ping = client.next();
    if (ping.opcode() != WireFrame.PING) {
      throw new AssertionError("expected a ping but got " + ping);
    }
    client.send(new WireFrame(true, WireFrame.PONG, ping.payload()));
  }

  private WireClient opened(WireClient client) {
    clients.push(client);
    return client;
  }

  @Override
  public void close() {
    try (fake) {
      clients.forEach(WireClient::close);
    }
  }
}
