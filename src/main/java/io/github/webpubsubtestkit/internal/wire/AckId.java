package io.github.webpubsubtestkit.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * The number by which a client asks for an ack: unsigned, 64 bits (client-protocols C.2).
 *
 * @param bits the 64 bits of the unsigned number
 */
public record AckId(long bits) {

  /**
   * Written by hand: the generated method of a record is linked at run time, which costs the first
   * ack 10 ms.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AckId id && id.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  /** The number in decimal digits, 0 to 18446744073709551615. */
  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
