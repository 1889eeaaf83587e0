package io.github.webpubsubtestkit.internal.wire;

/**
 * What a {@code google.protobuf.Any} holds.
 *
 * @param typeUrl what kind of message, for example {@code type.googleapis.com/shop.Order}
 * @param value the message's bytes
 */
public record PackedMessage(String typeUrl, byte[] value) {}
