package io.github.webpubsubtestkit.client;

/**
 * What kind of data a message carries.
 *
 * @since 0.1
 */
public enum DataType {
  /** A text. */
  TEXT("text"),
  /** A JSON value. */
  JSON("json"),
  /** Bytes. */
  BINARY("binary"),
  /** A serialized {@code google.protobuf.Any}. */
  PROTOBUF("protobuf");

  private final String wireName;

  DataType(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The service's name for it.
   *
   * @return the value of {@code dataType} in a message, for example {@code json}
   * @since 0.1
   */
  public String wireName() {
    return wireName;
  }
}
