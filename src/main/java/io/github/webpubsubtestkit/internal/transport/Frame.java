package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An outgoing WebSocket data message, encoded once and sent to any number of connections: one
 * unfragmented frame, unless the sender is configured to fragment it (client-protocols D18).
 */
public final class Frame {

  private static final int RSV1 = 0x40;

  private final boolean text;
  private final byte[] payload;

  /** The server's encoding, without a mask. Racing threads encode the same bytes twice. */
  private volatile @Nullable ByteBuffer unmasked;

  private final boolean faulty; // its encoding is given, for the server's side

  private Frame(boolean text, byte[] payload) {
    this.text = text;
    this.payload = payload;
    this.faulty = false;
  }

  private Frame(boolean text, byte[] payload, ByteBuffer encoded) {
    this.text = text;
    this.payload = payload;
    this.unmasked = encoded;
    this.faulty = true;
  }

  /** A message that a server sends in as many frames, or one for each byte if it is shorter. */
  public static Frame inFragments(boolean text, byte[] payload, int fragments) {
    int size = Math.max(1, (payload.length + fragments - 1) / fragments);
    return payload.length <= 1
        ? of(text, payload)
        : new Frame(text, payload, FrameWriter.fragments(false, text, payload, size));
  }

  /** A message of a server whose frame claims to be compressed. */
  public static Frame withCompressedBit(boolean text, byte[] payload) {
    ByteBuffer encoded = FrameWriter.unmasked(text, payload);
    encoded.put(encoded.position(), (byte) (encoded.get(encoded.position()) | RSV1));
    return new Frame(text, payload, encoded);
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
    if (!faulty && payload.length > maxFrameBytes) {
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
