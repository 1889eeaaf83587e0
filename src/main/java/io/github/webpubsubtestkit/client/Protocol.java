package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.Codecs;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.Optional;

/**
 * The subprotocols that a {@link PubSubClient} can speak. What a client can do is the same with
 * each: texts, JSON values and bytes arrive as what they were sent, whatever the sender speaks.
 *
 * <p>Only a client of the protobuf subprotocols can <em>send</em> protobuf messages; it is not told
 * which user sent a message ({@link ReceivedMessage#fromUserId()} is empty), for those subprotocols
 * have no field for it.
 *
 * <p>Protobuf needs {@code com.google.protobuf:protobuf-java} on the class path, which the kit does
 * not bring: an application with protobuf messages has its own version of it.
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
   * The name in {@code Sec-WebSocket-Protocol}.
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

  /** What it lacks, as the rest of a sentence that begins with its name. */
  Optional<String> missing() {
    return Codecs.missing(wire);
  }

  /** The client's side of it. */
  ClientCodec codec() {
    return Codecs.ofClient(wire);
  }
}
