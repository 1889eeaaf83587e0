package io.github.webpubsubtestkit.internal.wire;

/**
 * One WebSocket message as bytes.
 *
 * @param text whether it travels as a text message
 * @param bytes never changed after this record was made
 */
public record EncodedMessage(boolean text, byte[] bytes) {}
