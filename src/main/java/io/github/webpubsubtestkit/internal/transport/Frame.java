package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An outgoing WebSocket data message, encoded once and sent to any number of connections: one
 * unfragmented frame, unless the sender is configured to fragment it (client-protocols D18).
 */
public final class Frame {

  private final boolean text;
  private final byte[] payload;

  /** The server's encoding, without a mask. Racing threads encode the same bytes twice. */
  private volatile @Nullable ByteBuffer unmasked;

  private Frame(boolean text, byte[] payload) {
    this.text = text;
    this.payload = payload;
  }

  /** A frame of either kind. The payload must not be changed afterwards. */
  public static Frame of(boolean text, byte[] payload) {
    return new Frame(text, payload);
  }

  /** A text frame; the bytes are UTF-8 and must not be changed afterwards. */
  public static Frame text(byte[] utf8) {
    return new Frame(true, utf8);
  }

  /** A text frame. */
  public static Frame text(String text) {
    return new Frame(true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A binary frame. The payload must not be changed afterwards. */
  public static Frame binary(byte[] payload) {
    return new Frame(false, payload);
  }

  /** Returns whether it is a text frame (payload: UTF-8) or a binary one. */
  public boolean text() {
    return text;
  }

  /** The message itself; never modified after the creation of this frame. */
  public byte[] payload() {
    return payload;
  }

  /**
   * The bytes on the wire, for one side; the caller owns the buffer.
   *
   * @param maxFrameBytes a longer message is sent in fragments of that size
   */
  ByteBuffer encode(boolean client, int maxFrameBytes) {
    if (payload.length > maxFrameBytes) {
      return FrameWriter.fragments(client, text, payload, maxFrameBytes);
    }
    if (client) {
      return FrameWriter.masked(text, payload);
    }
    ByteBuffer encoded = unmasked;
    if (encoded == null) {
      encoded = FrameWriter.unmasked(text, payload);
      unmasked = encoded;
    }
    return encoded.duplicate();
  }

  @Override
  public String toString() {
    return (text ? "text" : "binary") + " frame of " + payload.length + " bytes";
  }
}
