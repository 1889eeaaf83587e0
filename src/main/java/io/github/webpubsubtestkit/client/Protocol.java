package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.Codecs;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.Optional;

/**
 * The subprotocols of a {@link PubSubClient}. All offer the same functions: texts, JSON values and
 * bytes arrive with the type they were sent with, regardless of the sender's subprotocol.
 *
 * <p>Only clients of the protobuf subprotocols can <em>send</em> protobuf messages; they do not
 * receive the sender's user id ({@link ReceivedMessage#fromUserId()} is empty), because those
 * subprotocols have no field for it.
 *
 * <p>Protobuf requires {@code com.google.protobuf:protobuf-java} on the class path, which is not a
 * dependency of the kit: an application with protobuf messages has its own version.
 *
 * <p>On the reliable subprotocols a connection outlives its socket: the service numbers its
 * messages, keeps them until the client acknowledges, and sends the rest again after {@link
 * PubSubClient#recover()}.
 *
 * @since 0.1
 */
public enum Protocol {
  /** JSON messages: {@code json.webpubsub.azure.v1}. */
  JSON(Subprotocol.JSON),
  /**
   * JSON messages over connections that can be recovered: {@code json.reliable.webpubsub.azure.v1}.
   */
  JSON_RELIABLE(Subprotocol.JSON_RELIABLE),
  /** Protocol buffer messages in binary frames: {@code protobuf.webpubsub.azure.v1}. */
  PROTOBUF(Subprotocol.PROTOBUF),
  /**
   * Protocol buffer messages over connections that can be recovered: {@code
   * protobuf.reliable.webpubsub.azure.v1}.
   */
  PROTOBUF_RELIABLE(Subprotocol.PROTOBUF_RELIABLE);

  private final Subprotocol wire;

  Protocol(Subprotocol wire) {
    this.wire = wire;
  }

  /**
   * Returns the name in {@code Sec-WebSocket-Protocol}.
   *
   * @return for example {@code json.webpubsub.azure.v1}
   * @since 0.1
   */
  public String subprotocol() {
    return wire.wireName();
  }

  /** Returns whether connections outlive their sockets. */
  boolean isReliable() {
    return wire.reliable();
  }

  boolean isProtobuf() {
    return wire.isProtobuf();
  }

  /** A missing requirement, if any, as a predicate after its name. */
  Optional<String> missing() {
    return Codecs.missing(wire);
  }

  /** The codec of the client's side. */
  ClientCodec codec() {
    return Codecs.ofClient(wire);
  }
}
