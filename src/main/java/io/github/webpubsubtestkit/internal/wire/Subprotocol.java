package io.github.webpubsubtestkit.internal.wire;

import java.util.Optional;

/** The predefined subprotocols (client-protocols A.4) and, for all other clients, none. */
public enum Subprotocol {
  /** A simple ("raw") client: no envelope. */
  RAW("", false),
  JSON("json.webpubsub.azure.v1", false),
  JSON_RELIABLE("json.reliable.webpubsub.azure.v1", true),
  PROTOBUF("protobuf.webpubsub.azure.v1", false),
  PROTOBUF_RELIABLE("protobuf.reliable.webpubsub.azure.v1", true);

  private final String wireName;
  private final boolean reliable;

  Subprotocol(String wireName, boolean reliable) {
    this.wireName = wireName;
    this.reliable = reliable;
  }

  /** The name in {@code Sec-WebSocket-Protocol}; empty for {@link #RAW}. */
  public String wireName() {
    return wireName;
  }

  /** Whether a connection survives the loss of its socket. */
  public boolean reliable() {
    return reliable;
  }

  /** Whether its messages are protobuf. */
  public boolean isProtobuf() {
    return this == PROTOBUF || this == PROTOBUF_RELIABLE;
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
