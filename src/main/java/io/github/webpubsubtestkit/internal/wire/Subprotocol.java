package io.github.webpubsubtestkit.internal.wire;

import java.util.Optional;

/**
 * The predefined subprotocols (client-protocols A.4) and, for all other clients, none: the only
 * list of them. {@link Codecs} has the codecs of each encoding.
 */
public enum Subprotocol {
  /** A simple ("raw") client: no envelope. */
  RAW("", Encoding.NONE, false),
  JSON("json.webpubsub.azure.v1", Encoding.JSON, false),
  JSON_RELIABLE("json.reliable.webpubsub.azure.v1", Encoding.JSON, true),
  PROTOBUF("protobuf.webpubsub.azure.v1", Encoding.PROTOBUF, false),
  PROTOBUF_RELIABLE("protobuf.reliable.webpubsub.azure.v1", Encoding.PROTOBUF, true);

  /** The encodings of requests and messages. */
  public enum Encoding {
    /** Bare data. */
    NONE,
    JSON,
    PROTOBUF
  }

  private final String wireName;
  private final Encoding encoding;
  private final boolean reliable;

  Subprotocol(String wireName, Encoding encoding, boolean reliable) {
    this.wireName = wireName;
    this.encoding = encoding;
    this.reliable = reliable;
  }

  /** The name in {@code Sec-WebSocket-Protocol}; empty for {@link #RAW}. */
  public String wireName() {
    return wireName;
  }

  /** The encoding of its requests and messages. */
  public Encoding encoding() {
    return encoding;
  }

  /** Returns whether a connection survives the loss of its socket. */
  public boolean reliable() {
    return reliable;
  }

  /** Returns whether its messages are protobuf. */
  public boolean isProtobuf() {
    return encoding == Encoding.PROTOBUF;
  }

  /** The predefined subprotocol of that name, without regard to case; never {@link #RAW}. */
  public static Optional<Subprotocol> predefined(String name) {
    for (Subprotocol each : values()) {
      if (each != RAW && each.wireName.equalsIgnoreCase(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
