package io.github.webpubsubtestkit.internal.wire;

/**
 * The content of a {@code google.protobuf.Any}.
 *
 * @param typeUrl the type of the message, for example {@code type.googleapis.com/shop.Order}
 * @param value the message's bytes
 */
public record PackedMessage(String typeUrl, byte[] value) {}
