package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the heads of consecutive messages, from any number of pieces, and rejects at the first
 * byte input that cannot become a head: control characters (a TLS hello, too), a bare CR or LF, a
 * folded line.
 */
final class HeadReader {

  private static final byte[] NOTHING = {};

  /** The type of the record with which TLS begins. */
  private static final int TLS_HANDSHAKE = 0x16;

  private static final byte DELETE = 0x7f;

  /** The state of the scan. */
  private enum Place {
    LINE_START,
    IN_LINE,
    AFTER_CR,
    AFTER_LAST_CR
  }

  private final int maxBytes;
  private byte[] earlier = NOTHING;
  private int earlierLength;
  private Place place = Place.LINE_START;

  HeadReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Returns whether a part of a head has come. */
  boolean isUnderWay() {
    return earlierLength > 0;
  }

  /**
   * Takes input up to the end of the head.
   *
   * @return the head with the end of its last line, without the empty line; null if more is needed
   */
  @Nullable String read(ByteBuffer in) throws HttpRefusal {
    int start = in.position();
    while (in.hasRemaining()) {
      skipPlain(in);
      if (!in.hasRemaining()) {
        break;
      }
      byte each = in.get();
      if (each == '\n' && place == Place.AFTER_LAST_CR) {
        place = Place.LINE_START;
        if (in.position() - start + earlierLength > 2) {
          return complete(in, start);
        }
        start = in.position(); // an empty line before the first one (RFC 9112, section 2.2)
        earlierLength = 0;
        continue;
      }
      place = next(each);
      checkLength(in, start);
    }
    checkLength(in, start);
    keep(in, start);
    return null;
  }

  /** Skips what every line may have; most of a head, so this takes few instructions a byte. */
  private void skipPlain(ByteBuffer in) {
    if (place == Place.IN_LINE) {
      byte[] bytes = in.array();
      int limit = in.arrayOffset() + in.limit();
      int at = in.arrayOffset() + in.position();
      while (at < limit && bytes[at] >= ' ' && bytes[at] != DELETE) {
        at++;
      }
      in.position(at - in.arrayOffset());
    }
  }

  private Place next(byte each) throws HttpRefusal {
    boolean afterCr = place == Place.AFTER_CR || place == Place.AFTER_LAST_CR;
    if (each == '\n' && place == Place.AFTER_CR) {
      return Place.LINE_START;
    }
    if (each == '\n' || afterCr) {
      throw HttpRefusal.malformed("a line must end with CR LF");
    }
    if (each == '\r') {
      return place == Place.LINE_START ? Place.AFTER_LAST_CR : Place.AFTER_CR;
    }
    if (each == TLS_HANDSHAKE && place == Place.LINE_START) {
      throw HttpRefusal.tls();
    }
    if ((each >= 0 && each < ' ' && each != '\t') || each == DELETE) {
      throw HttpRefusal.malformed("a control character in the head");
    }
    if (place == Place.LINE_START && (each == ' ' || each == '\t')) {
      throw HttpRefusal.malformed("a line that begins with a blank");
    }
    return Place.IN_LINE;
  }

  private String complete(ByteBuffer in, int start) throws HttpRefusal {
    checkLength(in, start);
    String head;
    if (earlierLength == 0) {
      head =
          new String(
              in.array(),
              in.arrayOffset() + start,
              in.position() - start - 2,
              StandardCharsets.ISO_8859_1);
    } else {
      keep(in, start);
      head = new String(earlier, 0, earlierLength - 2, StandardCharsets.ISO_8859_1);
      earlier = NOTHING;
      earlierLength = 0;
    }
    return head;
  }

  private void checkLength(ByteBuffer in, int start) throws HttpRefusal {
    if (in.position() - start + earlierLength > maxBytes) {
      throw new HttpRefusal(431, "the head is longer than " + maxBytes + " bytes");
    }
  }

  private void keep(ByteBuffer in, int start) {
    int more = in.position() - start;
    if (earlierLength + more > earlier.length) {
      earlier = Arrays.copyOf(earlier, Math.max(256, 2 * (earlierLength + more)));
    }
    System.arraycopy(in.array(), in.arrayOffset() + start, earlier, earlierLength, more);
    earlierLength += more;
  }
}
