package io.github.webpubsubtestkit.internal.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.Framedata;
import org.jspecify.annotations.Nullable;

/**
 * Converts bytes to messages. The protocol engine decodes whole frames; this class splits the input
 * at their borders, because the engine drops the valid frames before an invalid one in the same
 * packet, and allocates the memory for a frame when only its length has arrived. The header is also
 * checked here, byte by byte, so that the result does not depend on how the input is split.
 * Fragments are joined here.
 */
final class FrameReader {

  /** Receives the messages read. */
  interface Sink {

    void onMessage(boolean text, byte[] payload);

    void onPing(byte[] payload);

    void onPong(byte[] payload);

    /** Called with a close frame, as the last call: later input is ignored. */
    void onClose(int code, String reason);
  }

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final byte[] NOTHING = {};

  private final boolean fromClient;
  private final int maxMessageBytes;

  // the current frame
  private int headerBytes;
  private int headerLength = 2;
  private boolean masked;
  private int opcode;
  private long payloadLength;
  private long rest;
  private byte[] begun = NOTHING; // its part from earlier packets
  private int begunBytes;

  // the current fragmented message
  private @Nullable ByteArrayOutputStream fragments;
  private boolean fragmentsAreText;

  private boolean discarding;
  private boolean finished;

  /**
   * Creates a reader for a new connection.
   *
   * @param fromClient true if the peer is the client, whose frames must be masked
   */
  FrameReader(boolean fromClient, int maxMessageBytes) {
    this.fromClient = fromClient;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Discards all further messages unread; only the peer's close frame is still read. */
  void discardMessages() {
    discarding = true;
    fragments = null;
    forgetBegun();
  }

  /** Returns whether all further input is irrelevant or cannot be parsed. */
  boolean finished() {
    return finished;
  }

  /**
   * Takes input, which must be backed by an array without offset: all of it, or up to a violation.
   * After a violation the rest can be read for the peer's close frame, unless {@link #finished()}.
   */
  void read(ByteBuffer in, Sink sink) throws FrameViolation {
    try {
      readFrames(in, sink);
    } catch (FrameViolation violation) {
      if (violation.code() == FrameViolation.PROTOCOL_ERROR) {
        finished = true; // the borders of the frames are lost
      }
      throw violation;
    }
  }

  private void readFrames(ByteBuffer in, Sink sink) throws FrameViolation {
    while (in.hasRemaining() && !finished) {
      int start = in.position();
      if (headerBytes < headerLength && !readHeader(in)) {
        keep(in, start);
        return;
      }
      int taken = (int) Math.min(rest, in.remaining());
      in.position(in.position() + taken);
      rest -= taken;
      if (rest > 0) {
        keep(in, start);
      } else {
        Framedata frame = decode(in, start);
        headerBytes = 0;
        headerLength = 2;
        if (frame != null) {
          deliver(frame, sink);
        }
      }
    }
    if (finished) {
      in.position(in.limit());
    }
  }

  private boolean readHeader(ByteBuffer in) throws FrameViolation {
    while (headerBytes < headerLength) {
      if (!in.hasRemaining()) {
        return false;
      }
      readHeaderByte(in);
    }
    checkLengthForm();
    boolean readable = payloadLength >= 0 && payloadLength < Long.MAX_VALUE - 4;
    rest = readable ? payloadLength + (masked ? 4 : 0) : Long.MAX_VALUE;
    checkOrderAndSize();
    return true;
  }

  private void readHeaderByte(ByteBuffer in) throws FrameViolation {
    int value = in.get() & 0xff;
    if (headerBytes == 0) {
      opcode = value & 0x0f;
      checkFirstByte(value);
      if (opcode == CLOSE) {
        // The engine's close frame cannot tell "no code" from 1000 and fails on a bad reason; as a
        // pong, which obeys the same rules, it yields its payload.
        in.put(in.position() - 1, (byte) ((value & 0xf0) | PONG));
      }
    } else if (headerBytes == 1) {
      masked = (value & 0x80) != 0;
      payloadLength = value & 0x7f;
      if (payloadLength >= 126) {
        headerLength = payloadLength == 126 ? 4 : 10;
        payloadLength = 0; // the real one follows
        if (opcode >= CLOSE) {
          throw new FrameViolation(
              FrameViolation.PROTOCOL_ERROR, "a control frame of more than 125 bytes");
        }
      }
      if (masked != fromClient) {
        throw new FrameViolation(
            FrameViolation.PROTOCOL_ERROR,
            masked ? "a server must not mask its frames" : "a client must mask its frames");
      }
    } else {
      payloadLength = (payloadLength << 8) | value;
    }
    headerBytes++;
  }

  private void checkFirstByte(int value) throws FrameViolation {
    if ((value & 0x70) != 0) {
      throw new FrameViolation(
          FrameViolation.PROTOCOL_ERROR,
          "a reserved bit, "
              + ((value & 0x40) != 0 ? "RSV1" : (value & 0x20) != 0 ? "RSV2" : "RSV3")
              + ", is set, but no extension was negotiated");
    }
    if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
      throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "the unknown opcode " + opcode);
    }
    if (opcode >= CLOSE && (value & 0x80) == 0) {
      throw new FrameViolation(FrameViolation.PROTOCOL_ERROR, "a control frame in fragments");
    }
  }

  /** The shortest form that can hold a length is the only one (RFC 6455, 5.2). */
  private void checkLengthForm() throws FrameViolation {
    long shortest = headerLength == 4 ? 126 : headerLength == 10 ? 0x10000 : 0;
    if (payloadLength >= 0 && payloadLength < shortest) {
      throw new FrameViolation(
          FrameViolation.PROTOCOL_ERROR,
          "the length " + payloadLength + " in a form for longer ones");
    }
  }

  private void checkOrderAndSize() throws FrameViolation {
    if (opcode >= CLOSE || discarding) {
      return;
    }
    ByteArrayOutputStream before = fragments;
    if (opcode == CONTINUATION && before == null) {
      throw new FrameViolation(
          FrameViolation.PROTOCOL_ERROR, "a continuation frame without a message to continue");
    }
    if (opcode != CONTINUATION && before != null) {
      throw new FrameViolation(
          FrameViolation.PROTOCOL_ERROR, "a new message inside a fragmented one");
    }
    int already = before == null ? 0 : before.size();
    if (payloadLength < 0 || payloadLength > maxMessageBytes - already) {
      throw new FrameViolation(
          FrameViolation.TOO_LARGE,
          "a message of more than the allowed " + maxMessageBytes + " bytes");
    }
  }

  private boolean skips() {
    return discarding && opcode < CLOSE;
  }

  /** Keeps the input from a position on, a part of a frame whose end has not arrived. */
  private void keep(ByteBuffer in, int from) {
    if (skips()) {
      return;
    }
    int count = in.position() - from;
    begun = Growth.withRoomFor(begun, begunBytes + count, (int) (begunBytes + count + rest));
    in.get(from, begun, begunBytes, count);
    begunBytes += count;
  }

  private void forgetBegun() {
    begun = NOTHING;
    begunBytes = 0;
  }

  /**
   * Lets the engine decode the frame that ends here and began at a position or in an earlier
   * packet.
   */
  private @Nullable Framedata decode(ByteBuffer in, int from) throws FrameViolation {
    if (skips()) {
      return null;
    }
    if (begunBytes == 0) {
      return decode(in.duplicate().position(from).limit(in.position()));
    }
    keep(in, from);
    ByteBuffer frame = ByteBuffer.wrap(begun, 0, begunBytes);
    forgetBegun();
    return decode(frame);
  }

  private Framedata decode(ByteBuffer frame) throws FrameViolation {
    try {
      return FrameWriter.engine().translateFrame(masked ? Mask.remove(frame) : frame).get(0);
    } catch (InvalidDataException e) {
      throw new FrameViolation(
          e.getCloseCode(), e.getMessage() == null ? "an invalid frame" : e.getMessage());
    }
  }

  private void deliver(Framedata frame, Sink sink) throws FrameViolation {
    byte[] payload = bytes(frame.getPayloadData());
    if (frame.getOpcode() == Opcode.PING) {
      sink.onPing(payload);
    } else if (frame.getOpcode() == Opcode.PONG && opcode == PONG) {
      sink.onPong(payload);
    } else if (frame.getOpcode() == Opcode.PONG) {
      close(payload, sink);
    } else {
      deliverData(frame.isFin(), payload, sink);
    }
  }

  private void deliverData(boolean last, byte[] payload, Sink sink) throws FrameViolation {
    ByteArrayOutputStream before = fragments;
    boolean text = before == null ? opcode == TEXT : fragmentsAreText;
    if (!last) {
      if (before == null) {
        before = new ByteArrayOutputStream(Math.max(32, 2 * payload.length));
        fragments = before;
        fragmentsAreText = text;
      }
      before.write(payload, 0, payload.length);
      return;
    }
    byte[] message = payload;
    if (before != null) {
      before.write(payload, 0, payload.length);
      message = before.toByteArray();
      fragments = null;
    }
    if (text && !Utf8.isValid(message, 0, message.length)) {
      throw new FrameViolation(FrameViolation.INVALID_TEXT, "a text message that is no UTF-8");
    }
    sink.onMessage(text, message);
  }

  private void close(byte[] payload, Sink sink) throws FrameViolation {
    finished = true;
    if (payload.length == 1) {
      throw new FrameViolation(
          FrameViolation.PROTOCOL_ERROR, "a close frame whose payload is one byte");
    }
    int code =
        payload.length == 0 ? CloseCodes.NONE : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    if (payload.length > 0 && !CloseCodes.isValidFromPeer(code)) {
      throw new FrameViolation(
          FrameViolation.PROTOCOL_ERROR, "a close frame with the code " + code);
    }
    int reasonStart = Math.min(2, payload.length);
    if (!Utf8.isValid(payload, reasonStart, payload.length)) {
      throw new FrameViolation(FrameViolation.INVALID_TEXT, "a close reason that is no UTF-8");
    }
    sink.onClose(
        code,
        new String(payload, reasonStart, payload.length - reasonStart, StandardCharsets.UTF_8));
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] array = payload.array();
    int start = payload.arrayOffset() + payload.position();
    return start == 0 && array.length == payload.remaining()
        ? array
        : Arrays.copyOfRange(array, start, start + payload.remaining());
  }
}
