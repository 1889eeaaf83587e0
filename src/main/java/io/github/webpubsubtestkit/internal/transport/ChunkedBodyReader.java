package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;

/** A body in chunks (RFC 9112, section 7.1); extensions and trailers are checked and dropped. */
final class ChunkedBodyReader extends BodyReader.Growing {

  /** Fifteen hexadecimal digits always fit a long. */
  private static final int MAX_SIZE_DIGITS = 15;

  private static final int MAX_EXTENSION_BYTES = 4096;

  /** The next element. */
  private enum Place {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    LAST_LF,
    END
  }

  private final int maxTrailerBytes;
  private Place place = Place.SIZE;
  private long rest;
  private int sizeDigits;
  private int otherBytes;

  ChunkedBodyReader(int maxBytes, int maxTrailerBytes) {
    super(maxBytes);
    this.maxTrailerBytes = maxTrailerBytes;
  }

  @Override
  public boolean read(ByteBuffer in) throws HttpRefusal {
    while (in.hasRemaining() && place != Place.END && !isTooLarge()) {
      if (place == Place.DATA) {
        int taken = (int) Math.min(rest, in.remaining());
        take(in, taken);
        rest -= taken;
        if (rest == 0) {
          place = Place.DATA_CR;
        }
      } else {
        place = next(in.get());
      }
    }
    return place == Place.END || isTooLarge();
  }

  private Place next(byte each) throws HttpRefusal {
    return switch (place) {
      case SIZE -> size(each);
      case EXTENSION -> {
        count(MAX_EXTENSION_BYTES, 400);
        yield each == '\r' ? Place.SIZE_LF : text(each, Place.EXTENSION);
      }
      case SIZE_LF -> {
        expect(each, '\n');
        boolean last = rest == 0;
        sizeDigits = 0;
        otherBytes = 0;
        yield last ? Place.TRAILER_START : Place.DATA;
      }
      case DATA_CR -> {
        expect(each, '\r');
        yield Place.DATA_LF;
      }
      case DATA_LF -> {
        expect(each, '\n');
        yield Place.SIZE;
      }
      case TRAILER_START -> {
        count(maxTrailerBytes, 431);
        yield each == '\r' ? Place.LAST_LF : text(each, Place.TRAILER);
      }
      case TRAILER -> {
        count(maxTrailerBytes, 431);
        yield each == '\r' ? Place.TRAILER_LF : text(each, Place.TRAILER);
      }
      case TRAILER_LF -> {
        expect(each, '\n');
        yield Place.TRAILER_START;
      }
      case LAST_LF -> {
        expect(each, '\n');
        yield Place.END;
      }
      case DATA, END -> throw new IllegalStateException("no byte of structure in " + place);
    };
  }

  private Place size(byte each) throws HttpRefusal {
    int digit = Character.digit(each, 16);
    if (each > 0 && digit >= 0) {
      if (++sizeDigits > MAX_SIZE_DIGITS) {
        throw HttpRefusal.malformed("a chunk size of more than 15 digits");
      }
      rest = (rest << 4) | digit;
      return Place.SIZE;
    }
    if (sizeDigits == 0) {
      throw HttpRefusal.malformed("a chunk without a size");
    }
    if (each == '\r') {
      return Place.SIZE_LF;
    }
    if (each == ';' || each == ' ' || each == '\t') {
      return Place.EXTENSION;
    }
    throw HttpRefusal.malformed("a chunk size must be hexadecimal");
  }

  private static Place text(byte each, Place same) throws HttpRefusal {
    if ((each >= 0 && each < ' ' && each != '\t') || each == 0x7f) {
      throw HttpRefusal.malformed("a control character between chunks");
    }
    return same;
  }

  private void count(int max, int status) throws HttpRefusal {
    if (++otherBytes > max) {
      throw new HttpRefusal(status, "too much beside the chunks");
    }
  }

  private static void expect(byte each, char wanted) throws HttpRefusal {
    if (each != wanted) {
      throw HttpRefusal.malformed("a chunk must end with CR LF");
    }
  }
}
