package io.github.webpubsubtestkit.internal.wire;

/**
 * The content of a {@code google.protobuf.Any}.
 *
 * @param typeUrl the type of the message, for example {@code type.googleapis.com/shop.Order}
 * @param value the message's bytes
 */
public record PackedMessage(String typeUrl, byte[] value) {

  /** The full name of the type, for example {@code shop.Order}; empty if the URL has none. */
  public String typeName() {
    int slash = typeUrl.lastIndexOf('/');
    return slash > 0 ? typeUrl.substring(slash + 1) : "";
  }
}
