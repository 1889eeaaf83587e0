package io.github.webpubsubtestkit.internal.wire;

/**
 * One WebSocket message as bytes.
 *
 * @param text true for a text message
 * @param bytes the bytes; never modified after the creation of this record
 */
public record EncodedMessage(boolean text, byte[] bytes) {}
