package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Role;
import org.java_websocket.framing.BinaryFrame;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.ContinuousFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.FramedataImpl1;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.PongFrame;
import org.java_websocket.framing.TextFrame;

/** Converts frames to bytes. Clients mask their frames, servers do not (RFC 6455, section 5.1). */
final class FrameWriter {

  /**
   * The protocol engine. It keeps no state while it encodes, and none while it decodes frames that
   * are complete, so one is enough for all connections and threads. Masks are not its business.
   */
  private static final Draft_6455 ENGINE = draft();

  private FrameWriter() {}

  /** Loads the protocol engine, if necessary; returns when that is done. */
  static void initialize() {}

  /** The protocol engine, to decode complete frames without a mask. */
  static Draft_6455 engine() {
    return ENGINE;
  }

  private static Draft_6455 draft() {
    // empty lists: the default protocol object would compile unused patterns
    Draft_6455 draft = new Draft_6455(List.of(), List.of());
    draft.setParseMode(Role.SERVER);
    return draft;
  }

  static ByteBuffer unmasked(boolean text, byte[] payload) {
    return encode(false, data(text, payload));
  }

  static ByteBuffer masked(boolean text, byte[] payload) {
    return encode(true, data(text, payload));
  }

  /** One message in several consecutive frames in one buffer. */
  static ByteBuffer fragments(boolean client, boolean text, byte[] payload, int maxFrameBytes) {
    List<ByteBuffer> encoded = new ArrayList<>();
    for (int from = 0; from < payload.length; from += maxFrameBytes) {
      int length = Math.min(maxFrameBytes, payload.length - from);
      FramedataImpl1 frame =
          from > 0 ? new ContinuousFrame() : text ? new TextFrame() : new BinaryFrame();
      frame.setPayload(ByteBuffer.wrap(payload, from, length).slice());
      frame.setFin(from + length == payload.length);
      encoded.add(encode(client, frame));
    }
    ByteBuffer all = ByteBuffer.allocate(encoded.stream().mapToInt(ByteBuffer::remaining).sum());
    encoded.forEach(all::put);
    return all.flip();
  }

  static ByteBuffer ping(boolean client, byte[] payload) {
    return encode(client, new PingFrame(), payload);
  }

  static ByteBuffer pong(boolean client, byte[] payload) {
    return encode(client, new PongFrame(), payload);
  }

  /** A close frame; code 1005 gives one without a payload. */
  static ByteBuffer close(boolean client, int code, String reason) {
    CloseFrame frame = new CloseFrame();
    frame.setReason(reason);
    frame.setCode(code);
    return encode(client, frame);
  }

  private static FramedataImpl1 data(boolean text, byte[] payload) {
    FramedataImpl1 frame = text ? new TextFrame() : new BinaryFrame();
    frame.setPayload(ByteBuffer.wrap(payload));
    return frame;
  }

  private static ByteBuffer encode(boolean client, FramedataImpl1 frame, byte[] payload) {
    frame.setPayload(ByteBuffer.wrap(payload));
    return encode(client, frame);
  }

  private static ByteBuffer encode(boolean client, Framedata frame) {
    ByteBuffer unmasked = ENGINE.createBinaryFrame(frame);
    return client ? Mask.add(unmasked) : unmasked;
  }
}
