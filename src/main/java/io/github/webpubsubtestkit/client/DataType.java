package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.wire.PayloadType;

/**
 * The type of a message's data.
 *
 * @since 0.1
 */
public enum DataType {
  /** A text. */
  TEXT(PayloadType.TEXT),
  /** A JSON value. */
  JSON(PayloadType.JSON),
  /** Bytes. */
  BINARY(PayloadType.BINARY),
  /** A serialized {@code google.protobuf.Any}. */
  PROTOBUF(PayloadType.PROTOBUF);

  private final PayloadType wire;

  DataType(PayloadType wire) {
    this.wire = wire;
  }

  static DataType of(PayloadType wire) {
    return switch (wire) {
      case TEXT -> TEXT;
      case JSON -> JSON;
      case BINARY -> BINARY;
      case PROTOBUF -> PROTOBUF;
    };
  }

  /**
   * Returns the service's name of the type.
   *
   * @return the value of {@code dataType} in a message, for example {@code json}
   * @since 0.1
   */
  public String wireName() {
    return wire.wireName();
  }
}
