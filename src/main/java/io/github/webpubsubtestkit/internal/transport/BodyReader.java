package io.github.webpubsubtestkit.internal.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects one body. Bytes over the limit are not kept, and no memory is allocated for a length
 * that is only announced.
 */
interface BodyReader {

  /**
   * Takes input up to the end of the body.
   *
   * @return true if the body is complete, or known to be too large
   */
  boolean read(ByteBuffer in) throws HttpRefusal;

  /**
   * Returns whether it is larger than allowed; known from a declared length before the first byte.
   */
  boolean isTooLarge();

  /** The bytes kept. */
  byte[] bytes();

  /** The body of a message that has none. */
  static BodyReader none() {
    return new Fixed(0, 0);
  }

  /** A body of a declared length. */
  static BodyReader fixed(long length, int maxBytes) {
    return new Fixed(length, maxBytes);
  }

  /** The body of a response that ends with the connection. */
  static BodyReader untilClose(int maxBytes) {
    return new Growing(maxBytes) {
      @Override
      public boolean read(ByteBuffer in) {
        take(in, in.remaining());
        return isTooLarge();
      }
    };
  }

  /** A body of declared length. */
  final class Fixed implements BodyReader {

    private static final byte[] NOTHING = {};

    private final int length;
    private final boolean tooLarge;
    private byte[] bytes = NOTHING;
    private int count;

    Fixed(long length, int maxBytes) {
      this.tooLarge = length > maxBytes;
      this.length = tooLarge ? maxBytes : (int) length;
    }

    @Override
    public boolean read(ByteBuffer in) {
      int taken = Math.min(in.remaining(), length - count);
      bytes = Growth.withRoomFor(bytes, count + taken, length);
      in.get(bytes, count, taken);
      count += taken;
      return count == length;
    }

    @Override
    public boolean isTooLarge() {
      return tooLarge;
    }

    @Override
    public byte[] bytes() {
      return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }
  }

  /** A body without a declared length. */
  abstract class Growing implements BodyReader {

    private final int maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(32);
    private boolean tooLarge;

    Growing(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    /** Takes a piece and keeps as much of it as the limit allows. */
    final void take(ByteBuffer in, int count) {
      int allowed = Math.min(count, maxBytes - kept.size());
      kept.write(in.array(), in.arrayOffset() + in.position(), allowed);
      in.position(in.position() + count);
      tooLarge |= allowed < count;
    }

    @Override
    public final boolean isTooLarge() {
      return tooLarge;
    }

    @Override
    public final byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
