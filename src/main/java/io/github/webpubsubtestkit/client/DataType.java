package io.github.webpubsubtestkit.client;

/**
 * What kind of data a message carries.
 *
 * @since 0.1
 */
public enum DataType {
  /** A text. */
  TEXT(io.github.webpubsubtestkit.internal.wire.DataType.TEXT),
  /** A JSON value. */
  JSON(io.github.webpubsubtestkit.internal.wire.DataType.JSON),
  /** Bytes. */
  BINARY(io.github.webpubsubtestkit.internal.wire.DataType.BINARY),
  /** A serialized {@code google.protobuf.Any}. */
  PROTOBUF(io.github.webpubsubtestkit.internal.wire.DataType.PROTOBUF);

  private final io.github.webpubsubtestkit.internal.wire.DataType wire;

  DataType(io.github.webpubsubtestkit.internal.wire.DataType wire) {
    this.wire = wire;
  }

  static DataType of(io.github.webpubsubtestkit.internal.wire.DataType wire) {
    return switch (wire) {
      case TEXT -> TEXT;
      case JSON -> JSON;
      case BINARY -> BINARY;
      case PROTOBUF -> PROTOBUF;
    };
  }

  /**
   * The service's name for it.
   *
   * @return the value of {@code dataType} in a message, for example {@code json}
   * @since 0.1
   */
  public String wireName() {
    return wire.wireName();
  }
}
